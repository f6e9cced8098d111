/**
 * `npm run bench -- freshness [by-cpu|production-by-cpu|embedded|production] [accounts]`: a minute at 1,000 events a second, by the CPU time of
 * the thread that detects and by the clock on each profile.
 */
import { readConfig } from '../../../src/config.ts'
import { openNeo4jStore } from '../../../src/store/neo4j/store.ts'
import { openTempStore } from '../../support/stores/embedded.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { emptyAll } from '../neo4j.ts'
import { benchServers } from '../servers.ts'
import { measureByCpu } from './by-cpu.ts'
import { measureFreshness } from './measure.ts'
import type { Freshness } from './watch.ts'

const [eventsPerSecond, seconds] = [1_000, 60]
export const freshnessWays = ['by-cpu', 'production-by-cpu', 'embedded', 'production'] as const
type Way = (typeof freshnessWays)[number]

const goalMs = {
  'by-cpu': 5_000,
  'production-by-cpu': 15_000,
  embedded: 5_000,
  production: 15_000,
  takeover: 120_000,
}

export async function benchFreshness(ways: readonly Way[], sizes: readonly number[]): Promise<void> {
  for (const accounts of sizes) {
    if (ways.includes('by-cpu')) tell('by-cpu', await byCpu(accounts))
    if (ways.includes('production-by-cpu')) tell('production-by-cpu', await productionByCpu(accounts))
    if (ways.includes('embedded')) tell('embedded', await embedded(accounts))
    if (ways.includes('production')) tell('production', await production(accounts))
  }
}

async function byCpu(accounts: number): Promise<Freshness> {
  await using store = await openTempStore()
  return await measureByCpu(store, { accounts, eventsPerSecond, seconds })
}

async function productionByCpu(accounts: number): Promise<Freshness> {
  await using servers = await benchServers()
  await using store = await openNeo4jStore({ ...servers.neo4j, keyFingerprint: 'bench' })
  const order = { accounts, eventsPerSecond, seconds, serverPid: servers.neo4jPid }
  return await measureByCpu(store, order)
}

async function embedded(accounts: number): Promise<Freshness> {
  using dir = tempDir()
  const config = readConfig({ dataDir: dir.path }, {})
  return await measureFreshness({ config, accounts, eventsPerSecond, seconds })
}

async function production(accounts: number): Promise<Freshness> {
  await using servers = await benchServers()
  await emptyAll(servers)
  const { RINGLEADER_DETECT_AFTER_MS: _, ...environment } = servers.environment
  const config = readConfig({}, environment)
  return await measureFreshness({ config, accounts, eventsPerSecond, seconds })
}

function tell(way: Way, found: Freshness): void {
  const at = (values: readonly number[], share: number): string => {
    const sorted = values.toSorted((a, b) => a - b)
    return whole(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN)
  }
  const three = (values: readonly number[]): string =>
    `p50 ${at(values, 0.5)}, p95 ${at(values, 0.95)}, most ${at(values, 1)}`
  const takeover = found.takeoverMs === undefined ? 'never' : `${whole(found.takeoverMs)} ms`
  const { allReadMs, newDayMs } = found
  const inFull =
    allReadMs !== undefined && newDayMs !== undefined
      ? [`  in full with all read, on a new day  ${whole(allReadMs)}, ${whole(newDayMs)} ms of CPU`]
      : []
  console.log(
    [
      `Freshness, ${way}, ${whole(found.accounts)} accounts, ${whole(found.eventsPerSecond)} events/s for ${seconds} s`,
      `  event to served membership, ms       ${three(found.memberMs)} (goal ${whole(goalMs[way])}), ${found.memberMs.length} probes`,
      `    of the second half                 ${three(found.warmMs)}`,
      `  third victim to served takeover      ${takeover} (goal ${whole(goalMs.takeover)})`,
      `  runs after a change, ms              ${three(found.runMs)}, ${found.runMs.length} of them, ${found.runsInFull} in full`,
      ...inFull,
      `  accounts changed a run               ${three(found.changed)}`,
      `  CPU of the process, a second         ${found.cpuPerSecond?.toFixed(2) ?? 'of one thread'}\n`,
    ].join('\n'),
  )
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US')
