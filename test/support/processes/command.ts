/** `ringleader` as people call it: a process of its own, by the Node that runs the tests. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Halves what each command takes to start. */
const compileCache = join(tmpdir(), 'ringleader-test-compile-cache')
const program = join(import.meta.dirname, '../../../src/main.ts')

export interface Ended {
  /** `null` when it had to be killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Lines of standard output as JSON. */
  readonly rows: readonly Row[]
}
export type Row = Readonly<Record<string, unknown>>

export interface Running extends AsyncDisposable {
  readonly pid: number
  /** The first line it printed. */
  readonly first: Promise<string>
  readonly ended: Promise<Ended>
  stop(): Promise<Ended>
}

const usualDeadlineMs = 30_000

export const runCommand = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  options: CommandOptions = {},
) => startCommand(args, env, options).ended

/** With `--json`, and JSON as its rows. */
export const runJson = async (...args: readonly string[]): Promise<Ended> => runCommand([...args, '--json'])

export interface CommandOptions {
  /** After so long it is killed. */
  readonly deadlineMs?: number
}

export function startCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  { deadlineMs = usualDeadlineMs }: CommandOptions = {},
): Running {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...ownEnvironment(), NODE_COMPILE_CACHE: compileCache, ...env },
  })
  const deadline = setTimeout(() => child.kill('SIGKILL'), deadlineMs)
  let [stdout, stderr] = ['', '']
  const first = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')))
    })
    child.on('close', () => resolve(stdout))
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = once(child, 'close').then(([code]): Ended => {
    clearTimeout(deadline)
    return { code: code as number | null, stdout, stderr, rows: rowsOf(stdout) }
  })
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return {
    pid: child.pid ?? 0,
    first,
    ended,
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
    },
  }
}

/** Neither Jest's options nor settings of whoever runs the tests are the command's. */
const ownEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => name !== 'NODE_OPTIONS' && !name.startsWith('RINGLEADER_'),
    ),
  )

const rowsOf = (text: string): readonly Row[] =>
  text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Row] : []))
