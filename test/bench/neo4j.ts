/** Reading from Neo4j, beside the way one would write first. */
import neo4j, { type Driver } from 'neo4j-driver'
import { type Neo4jOptions, openNeo4jStore } from '../../src/store/neo4j/store.ts'
import { busyEvents } from './busy-events.ts'
import type { BenchServers } from './servers.ts'

export interface ReadResult {
  readonly usesPerSecond: number
  readonly cpuMs: number
}

const naiveRead = `MATCH (a:Account)-[u:USED]->(i:Identifier)
RETURN a.id AS account, i.kind AS kind, i.ref AS ref, u.type AS type, u.firstSeen AS firstSeen,
  u.lastSeen AS lastSeen, u.days AS days, u.sessions AS sessions`

/** All uses that are stored, by both ways, after `events` were joined. */
export async function benchRead(
  { neo4j: options }: BenchServers,
  events: number,
): Promise<{ ours: ReadResult; naive: ReadResult }> {
  await empty(options)
  await using store = await openNeo4jStore({ ...options, keyFingerprint: 'bench' })
  await store.record(busyEvents(events))
  const scan = () =>
    timed(async () => {
      let uses = 0
      for await (const accounts of store.scanAccounts())
        for (const account of accounts) uses += account.uses.length
      return uses
    })
  const rows = () =>
    timed(() =>
      withDriver(options, async (driver) => {
        let uses = 0
        const session = driver.session({ database: options.database })
        for await (const record of session.run(naiveRead)) if (record.get('type')) uses += 1
        await session.close()
        return uses
      }),
    )
  await scan()
  await rows()
  const [oursAll, naiveAll]: [ReadResult[], ReadResult[]] = [[], []]
  for (let round = 0; round < 3; round++) {
    oursAll.push(await scan())
    naiveAll.push(await rows())
  }
  return { ours: best(oursAll), naive: best(naiveAll) }
}

async function timed(work: () => Promise<number>): Promise<ReadResult> {
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()]
  const uses = await work()
  const { user, system } = process.cpuUsage(cpu)
  return {
    usesPerSecond: (uses / (performance.now() - startedAt)) * 1_000,
    cpuMs: (user + system) / 1_000,
  }
}

const best = (results: readonly ReadResult[]): ReadResult =>
  results.reduce((a, b) => (b.usesPerSecond > a.usesPerSecond ? b : a))

export const empty = (options: Neo4jOptions): Promise<void> =>
  withDriver(options, async (driver) => {
    const session = driver.session({ database: options.database })
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS')
    await session.close()
  })

export async function withDriver<T>(options: Neo4jOptions, work: (driver: Driver) => Promise<T>): Promise<T> {
  const driver = neo4j.driver(options.url, neo4j.auth.basic(options.user, options.password))
  try {
    return await work(driver)
  } finally {
    await driver.close()
  }
}

/** Data, key and schema's number: what comes next is a deployment of its own. */
export const emptyAll = ({ neo4j: options }: BenchServers): Promise<void> => empty(options)
