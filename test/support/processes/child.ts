/** Scripts in processes of their own, run by the Node that runs the tests. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface Child extends AsyncDisposable {
  readonly pid: number
  /** Lines of standard output, as they come. */
  readonly lines: AsyncIterator<string>
  /** Its exit code, once it ended by itself; `null` when it was killed. */
  readonly ended: Promise<number | null>
  /** Resolves when the process is gone. */
  kill(): Promise<void>
}

/** `more` is added to the environment. */
export function runScript(
  script: URL,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Child {
  // Jest's own options (VM modules) are not the child's.
  const { NODE_OPTIONS: _, ...env } = process.env
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script.pathname, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...env, ...more },
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const kill = () => killed(child)
  return { pid: child.pid ?? 0, lines, ended, kill, [Symbol.asyncDispose]: kill }
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
