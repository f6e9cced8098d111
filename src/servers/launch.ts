/** Processes that serve: started apart from this one, awaited until they answer, stopped with all they started. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { AppError } from '../../graph/errors.ts'
import type { Env } from './find.ts'

/** How to reach a server. Disposing of it stops it. */
export interface Server extends AsyncDisposable {
  /** `bolt://127.0.0.1:PORT` or `redis://127.0.0.1:PORT`. */
  readonly url: string
  /** Empty, like the password, where the server asks for none. */
  readonly user: string
  readonly password: string
}

/** A server as a process of this machine. What it stored stays in its directory when it stops. */
export interface RunningServer extends Server {
  /** Also the id of its process group. */
  readonly pid: number
  /** Ends it as a power cut would (SIGKILL to its group); resolves when it is gone. */
  kill(): Promise<void>
}

export interface LaunchOptions {
  /** In messages: `Redis`. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** Its working directory; gets `pid` and `console.log`. */
  readonly dir: string
  readonly env: Env
  /** Files in `dir`, besides `console.log`, that tell why it did not start. */
  readonly logs?: readonly string[]
  readonly answers: (pid: number) => Promise<boolean>
  readonly timeoutMs: number
}

/** Resolves when it answers. Throws `store_unavailable` with its last words when it ends or stays silent. */
export async function launch(
  options: LaunchOptions,
): Promise<Omit<RunningServer, keyof Omit<Server, symbol>>> {
  const { child, pid } = await start(options)
  const kill = async () => void (await end(pid, 'SIGKILL'))
  try {
    await untilItAnswers({ child, pid, options })
  } catch (error) {
    await kill()
    throw error
  }
  return { pid, kill, [Symbol.asyncDispose]: () => stop(pid) }
}

/** In a process group of its own, so that it can be stopped whole and outlives a Ctrl-C meant for us. */
async function start({
  command,
  args,
  dir,
  env,
}: LaunchOptions): Promise<{ child: ChildProcess; pid: number }> {
  const log = openSync(join(dir, 'console.log'), 'a')
  try {
    const child = spawn(command, args, { cwd: dir, env, detached: true, stdio: ['ignore', log, log] })
    await once(child, 'spawn')
    child.unref()
    const pid = child.pid ?? 0
    writeFileSync(join(dir, 'pid'), String(pid))
    return { child, pid }
  } finally {
    closeSync(log)
  }
}

async function untilItAnswers({
  child,
  pid,
  options,
}: {
  child: ChildProcess
  pid: number
  options: LaunchOptions
}): Promise<void> {
  const deadline = performance.now() + options.timeoutMs
  while (!(await options.answers(pid))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw silent(options, `ended with ${child.signalCode ?? child.exitCode} before it answered`)
    if (performance.now() > deadline) throw silent(options, `did not answer in ${options.timeoutMs} ms`)
    await setTimeout(50)
  }
}

const silent = ({ name, dir, logs = [] }: LaunchOptions, what: string): AppError =>
  new AppError(
    'store_unavailable',
    `${name} ${what}. Its last words, from ${dir}:\n${lastLines(dir, ['console.log', ...logs])}\nMend what they name, or start with an empty directory.`,
  )

const linesPerLog = 8

const lastLines = (dir: string, files: readonly string[]): string =>
  files.flatMap((file) => textOf(join(dir, file)).trimEnd().split('\n').slice(-linesPerLog)).join('\n')

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // A server that ended early has not made all its logs.
    return ''
  }
}

/** Ends a group of processes when this process is gone, however it went: nobody disposes of anything after a kill. */
export function endsWithUs(pid: number): void {
  const watch =
    'while kill -s 0 "$1" && kill -s 0 -- "-$2"; do sleep 1; done 2>/dev/null; kill -s TERM -- "-$2" 2>/dev/null'
  const args = ['-c', watch, 'ringleader-watch', String(process.pid), String(pid)]
  spawn('sh', args, { detached: true, stdio: 'ignore' }).unref()
}

const stopTimeoutMs = 20_000

async function stop(pid: number): Promise<void> {
  if (!(await end(pid, 'SIGTERM', stopTimeoutMs))) await end(pid, 'SIGKILL')
}

/** Whether the group is gone in time. */
async function end(pid: number, signal: NodeJS.Signals, timeoutMs = 10_000): Promise<boolean> {
  const deadline = performance.now() + timeoutMs
  let next: NodeJS.Signals | 0 = signal
  while (sent(pid, next)) {
    next = 0
    if (performance.now() > deadline) return false
    await setTimeout(10)
  }
  return true
}

/** Whether anyone of the group was there to get it. */
function sent(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal)
  } catch (error) {
    // macOS says EPERM of a group whose last process waits to be reaped.
    if (['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}
