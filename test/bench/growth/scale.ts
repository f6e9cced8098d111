/** `npm run bench -- scale [ACCOUNTS]`: a town from events in a file to published rings, by the commands that everybody has. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempDir } from '../../support/temp-dir.ts'

export interface Cost {
  readonly tookMs: number
  /** CPU of all threads, and the largest resident size: of the process itself. */
  readonly cpuMs: number
  readonly peakBytes: number
}

export interface ScaleRun {
  readonly accounts: number
  readonly events: number
  readonly ingest: Cost
  readonly detect: Cost
}

const main = join(import.meta.dirname, '../../../src/main.ts')
const pollMs = 500
/** Of Linux, by which its times are told. */
const ticksPerSecond = 100

/** `file`: a town that lies there already; it is made, and stays, where it does not. */
export async function benchScale(
  accounts: number,
  { file }: { readonly file?: string | undefined },
): Promise<ScaleRun> {
  using dir = tempDir()
  const events = file ?? join(dir.path, 'events.ndjson')
  if (!existsSync(events)) makeTown(accounts, events)
  const data = join(dir.path, 'data')
  const run = (...args: readonly string[]): Promise<Cost> =>
    costOf(
      spawn(process.execPath, [main, ...args, '--data', data], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: ownEnvironment(),
      }),
    )
  const ingest = await run('ingest', events)
  const detect = await run('detect')
  const lines = execFileSync('wc', ['-l', events], { encoding: 'utf8' })
  return { accounts, events: Number.parseInt(lines, 10), ingest, detect }
}

function makeTown(accounts: number, file: string): void {
  const script = join(import.meta.dirname, 'events.ts')
  execFileSync(process.execPath, [script, '1', String(accounts), file], { stdio: 'inherit' })
}

/** Settings of the bench are none of the product. */
const ownEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('RINGLEADER_BENCH')))

async function costOf(child: ChildProcess): Promise<Cost> {
  const startedAt = performance.now()
  let seen = { cpuMs: 0, peakBytes: 0 }
  const poll = setInterval(() => {
    seen = seenOf(child.pid) ?? seen
  }, pollMs)
  try {
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
    if (code !== 0) throw new Error(`${child.spawnargs.join(' ')} ended with ${code}`)
  } finally {
    clearInterval(poll)
  }
  return { tookMs: performance.now() - startedAt, ...seen }
}

/** `undefined` once it is gone. */
function seenOf(pid: number | undefined): Pick<Cost, 'cpuMs' | 'peakBytes'> | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    if (!peak) return undefined
    const ticks = Number(user) + Number(system)
    return { cpuMs: (ticks * 1_000) / ticksPerSecond, peakBytes: Number(peak[1]) * 1_024 }
  } catch {
    return undefined
  }
}
