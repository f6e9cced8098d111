/** `ringleader demo`: a small world with known truth, from events to served rings. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '../../../graph/errors.ts'
import type { Member, Publication, Ring } from '../../../graph/ring.ts'
import { score } from '../../../range/score.ts'
import { writeWorld } from '../../../range/write.ts'
import { detectOnce, openWriting, type Writing } from '../../compose.ts'
import type { Config } from '../../config.ts'
import { makeKey } from '../../http/keys.ts'
import { serve, stopRequested, work } from '../../serve.ts'
import { createLog } from '../../telemetry/log.ts'
import { memberView } from '../../views/rings.ts'
import { localTarget } from '../ingesting/targets.ts'
import { type LocalServers, startLocalServers } from '../local-servers.ts'
import { type CommonOptions, configFrom, examples, wholeNumber } from '../options.ts'
import { ringTable } from '../ring-table.ts'
import { terminal } from '../terminal.ts'
import { readTruth } from '../truth.ts'
import { ingestFile } from './ingest.ts'

interface DemoOptions extends Pick<CommonOptions, 'data' | 'json'> {
  readonly neo4j?: boolean
  readonly once?: boolean
  readonly seed: number
  readonly accounts: number
  readonly port?: number
}

const ringsShown = 12

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('Make a small world whose rings are known, ingest it, find its rings, serve them.')
    .option('--json', 'print JSON for programs: what was made and found')
    .option('--data <dir>', 'directory of the demo (default: .ringleader)')
    .option('--neo4j', 'on a Neo4j and a Redis that it starts itself (needs Java 17, Maven, redis-server)')
    .option('--once', 'end when the rings are printed, instead of serving them')
    .option('--seed <n>', 'another seed is another world', wholeNumber, 1)
    .option('--accounts <n>', 'how many accounts live in it', wholeNumber, 3_000)
    .option('--port <port>', 'port to serve on; 0 takes a free one', wholeNumber)
    .addHelpText(
      'after',
      examples([
        ['demo', 'and open the addresses it prints'],
        ['demo --once --seed 7', 'another world, and no server'],
        ['demo --neo4j', 'the production profile, without Docker'],
      ]),
    )
    .action(runDemo)
}

async function runDemo({ neo4j = false, port, data, ...options }: DemoOptions): Promise<void> {
  // Whatever servers are set: a demo never writes where somebody keeps data.
  const {
    neo4j: _,
    redis: __,
    ...config
  } = configFrom({ ...(data !== undefined && { data }) }, { port, logLevel: 'warn' })
  const phase = phases((line) => (options.json ? terminal.note(line) : terminal.print(line)))
  clearEarlierDemo(config.dataDir)
  markAsDemo(config.dataDir, options.seed)
  if (!neo4j) return await show(config, phase, options)
  const note = (message: string): void => terminal.note(`        ${terminal.styles.dim(message)}`)
  await using servers = await phase('starting Neo4j and Redis', () => startLocalServers(config, note))
  await show({ ...servers.config, metricsPort: 0 }, phase, { ...options, neo4j: servers.neo4j })
}

interface ShowOptions extends Omit<DemoOptions, 'neo4j' | 'port' | 'data'> {
  readonly neo4j?: LocalServers['neo4j']
}

async function show(
  config: Config,
  phase: ReturnType<typeof phases>,
  { json, once, seed, accounts, neo4j }: ShowOptions,
): Promise<void> {
  const worldDir = join(config.dataDir, 'world')
  const key = makeKey({
    name: 'demo',
    scopes: ['ingest', 'risk:read', 'rings:read', 'admin'],
    now: Date.now(),
  })
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
  if (json)
    terminal.json({ ...made, ...recall, rings: found.rings.length, links: found.publication.run.links })
  else printFound(found, { recall, dataDir: config.dataDir })
  if (!once) await serveDemo(config, { token: key.token, rings: found.rings, ...(neo4j && { neo4j }) })
}

function printFound(
  found: { publication: Publication; rings: readonly Ring[] },
  { recall, dataDir }: { recall: Awaited<ReturnType<typeof scoreOf>>; dataDir: string },
): void {
  printRings(found)
  terminal.print(
    `\n  Of ${recall.truth} planted rings ${recall.found} were found (recall ${recall.recall50.toFixed(2)}).`,
  )
  const kept = `  The data is in ${relative('.', dataDir) || '.'}; the next demo replaces it.`
  terminal.print(terminal.styles.dim(kept))
}

/** Tells a demo's data from anybody's. */
function markAsDemo(dataDir: string, seed: number): void {
  mkdirSync(join(dataDir, 'world'))
  writeFileSync(join(dataDir, 'world', 'demo'), `${seed}\n`)
}

const demoFiles = ['ringleader.db', 'ringleader.db-wal', 'ringleader.db-shm', 'neo4j', 'redis']

/** Only what an earlier demo made is ever removed. */
function clearEarlierDemo(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true })
  if (!existsSync(join(dataDir, 'world', 'demo'))) {
    if (!demoFiles.some((file) => existsSync(join(dataDir, file)))) return
    throw new AppError(
      'store_locked',
      `${dataDir} holds data of yours: give the demo a directory of its own with --data DIR`,
    )
  }
  for (const file of ['world', ...demoFiles]) rmSync(join(dataDir, file), { recursive: true, force: true })
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
  { token, rings, neo4j }: { token: string; rings: readonly Ring[]; neo4j?: LocalServers['neo4j'] },
): Promise<void> {
  const log = createLog(config.logLevel)
  await using _worker = neo4j && (await work(config, log))
  await using server = await serve(config, log)
  const [ring] = rings
  const worst = ({ risk, compromise }: Member): number => Math.max(risk, compromise)
  const riskiest = ring?.members.toSorted((a, b) => worst(b) - worst(a))[0]?.account ?? ''
  const { bold, dim } = terminal.styles
  terminal.print(`
  ${bold('Serving')} ${server.url}
    ${server.url}/openapi.json   what it can do
    ${server.url}/metrics        how it does

  ${bold('Ask it')}
    curl -H 'Authorization: Bearer ${token}' ${server.url}/v1/accounts/${encodeURIComponent(riskiest)}/risk
    curl -H 'Authorization: Bearer ${token}' ${server.url}/v1/rings/${ring?.id ?? ''}/explain
${neo4j ? lookAt(neo4j) : ''}
  ${dim('Ctrl+C ends it.')}`)
  await stopRequested()
}

function lookAt({ url, user, password }: LocalServers['neo4j']): string {
  return `
  ${terminal.styles.bold('Look at the graph')} with Neo4j Browser, Desktop or cypher-shell (docs/neo4j.md has questions to ask)
    ${url}   user ${user}   password ${password}
`
}

/** Times each step on screen. */
function phases(tell: (line: string) => void) {
  return async <T>(name: string, work: () => Promise<T> | T): Promise<T> => {
    const startedAt = performance.now()
    const result = await work()
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
    tell(`  ${terminal.styles.green('done')}  ${name} ${terminal.styles.dim(`${seconds} s`)}`)
    return result
  }
}
