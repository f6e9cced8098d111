/** `ringleader demo`: a small world with known truth, from events to served rings. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '../../../graph/errors.ts'
import type { Publication, Ring } from '../../../graph/ring.ts'
import { score } from '../../../range/score.ts'
import { writeWorld } from '../../../range/write.ts'
import { detectOnce, openWriting, type Writing } from '../../compose.ts'
import type { Config } from '../../config.ts'
import { makeKey } from '../../http/keys.ts'
import { serve, stopRequested } from '../../serve.ts'
import { createLog } from '../../telemetry/log.ts'
import { memberView } from '../../views/rings.ts'
import { type CommonOptions, configFrom, examples, wholeNumber, withCommon } from '../options.ts'
import { ringTable } from '../ring-table.ts'
import { terminal } from '../terminal.ts'
import { readTruth } from '../truth.ts'
import { joinWaiting } from './detect.ts'
import { ingestFile, localTarget } from './ingest.ts'

interface DemoOptions extends CommonOptions {
  readonly once?: boolean
  readonly seed: number
  readonly accounts: number
  readonly port?: number
}

const ringsShown = 12

export function demoCommand(program: Command): void {
  withCommon(program.command('demo'))
    .description('Make a small world whose rings are known, ingest it, find its rings, serve them.')
    .option('--once', 'end when the rings are printed, instead of serving them')
    .option('--seed <n>', 'another seed is another world', wholeNumber, 1)
    .option('--accounts <n>', 'how many accounts live in it', wholeNumber, 3_000)
    .option('--port <port>', 'port to serve on; 0 takes a free one', wholeNumber)
    .addHelpText(
      'after',
      examples([
        ['demo', 'and open the addresses it prints'],
        ['demo --once --seed 7', 'another world, and no server'],
      ]),
    )
    .action(runDemo)
}

async function runDemo({ once, seed, accounts, port, ...options }: DemoOptions): Promise<void> {
  const config = configFrom(options, { port, logLevel: 'warn' })
  const phase = phases()
  clearEarlierDemo(config.dataDir)
  const worldDir = join(config.dataDir, 'world')
  const key = makeKey({
    name: 'demo',
    scopes: ['ingest', 'risk:read', 'rings:read', 'admin'],
    now: Date.now(),
  })
  mkdirSync(worldDir)
  writeFileSync(join(worldDir, 'demo'), `${seed}\n`)
  const made = await phase(`making a world of ${accounts} accounts, seed ${seed}`, () =>
    writeWorld(worldDir, { world: 'town', seed, accounts }),
  )
  const found = await withStore(config, async (writing) => {
    await writing.store.saveKey(key.key)
    await phase(`ingesting ${made.events} events`, () => ingestWorld(writing, worldDir))
    const publication = await phase('finding rings', () => detectOnce(config, writing.store, {}))
    return { publication, rings: await writing.store.rings({ status: 'active' }) }
  })
  const recall = await phase('scoring against the world’s truth', () => scoreOf(found.rings, worldDir))
  printRings(found)
  terminal.print(
    `\n  Of ${recall.truth} planted rings ${recall.found} were found (recall ${recall.recall50.toFixed(2)}).`,
  )
  terminal.print(
    terminal.styles.dim(
      `  The data is in ${relative('.', config.dataDir) || '.'}; the next demo replaces it.`,
    ),
  )
  if (!once) await serveDemo(config, { token: key.token, rings: found.rings })
}

/** Only what an earlier demo made is ever removed. */
function clearEarlierDemo(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true })
  if (!existsSync(join(dataDir, 'ringleader.db'))) return
  if (!existsSync(join(dataDir, 'world', 'demo'))) {
    throw new AppError(
      'store_locked',
      `${dataDir} holds data of yours: give the demo a directory of its own with --data DIR`,
    )
  }
  rmSync(join(dataDir, 'world'), { recursive: true })
  for (const file of ['ringleader.db', 'ringleader.db-wal', 'ringleader.db-shm'])
    rmSync(join(dataDir, file), { force: true })
}

async function withStore<T>(config: Config, work: (writing: Writing) => Promise<T>): Promise<T> {
  await using writing = await openWriting(config)
  return await work(writing)
}

async function ingestWorld(writing: Writing, worldDir: string): Promise<void> {
  const counts = { read: 0, accepted: 0, duplicate: 0, conflict: 0, rejected: 0 }
  for (const stream of ['events', 'labels'] as const) {
    const target = localTarget(stream, writing)
    await ingestFile(join(worldDir, `${stream}.ndjson`), { mapping: undefined, target, counts })
    await target.settle()
  }
  await joinWaiting(writing.store)
}

async function scoreOf(rings: readonly Ring[], worldDir: string) {
  const published = rings.flatMap((ring) => ring.members.map((member) => memberView(ring, member)))
  const { rings: scored } = score(published, await readTruth(join(worldDir, 'truth.ndjson')))
  return { truth: scored.truth, recall50: scored.recall50, found: Math.round(scored.recall50 * scored.truth) }
}

function printRings({ publication, rings }: { publication: Publication; rings: readonly Ring[] }): void {
  const { accounts, links } = publication.run
  terminal.print(`\n${ringTable(rings.slice(0, ringsShown), terminal)}`)
  const rest = rings.length > ringsShown ? `; the riskiest ${ringsShown} are shown` : ''
  terminal.print(
    terminal.styles.dim(`\n  ${rings.length} rings among ${accounts} accounts and ${links} links${rest}.`),
  )
}

async function serveDemo(
  config: Config,
  { token, rings }: { token: string; rings: readonly Ring[] },
): Promise<void> {
  await using server = await serve(config, createLog(config.logLevel))
  const [ring] = rings
  const riskiest = ring?.members.toSorted((a, b) => b.risk - a.risk)[0]?.account ?? ''
  const { bold, dim } = terminal.styles
  terminal.print(`
  ${bold('Serving')} ${server.url}
    ${server.url}/openapi.json   what it can do
    ${server.url}/metrics        how it does

  ${bold('Ask it')}
    curl -H 'Authorization: Bearer ${token}' ${server.url}/v1/accounts/${encodeURIComponent(riskiest)}/risk
    curl -H 'Authorization: Bearer ${token}' ${server.url}/v1/rings/${ring?.id ?? ''}/members

  ${dim('Ctrl+C ends it.')}`)
  await stopRequested()
}

/** Times each step on screen. */
function phases() {
  return async <T>(name: string, work: () => Promise<T> | T): Promise<T> => {
    const startedAt = performance.now()
    const result = await work()
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
    terminal.print(`  ${terminal.styles.green('done')}  ${name} ${terminal.styles.dim(`${seconds} s`)}`)
    return result
  }
}
