/** Writing to and reading from Neo4j, beside the ways one would write first. */
import neo4j, { type Driver } from 'neo4j-driver'
import type { StoredEvent } from '../../graph/model.ts'
import { stateTypeOf } from '../../graph/state/fold.ts'
import { type Neo4jOptions, openNeo4jStore } from '../../src/store/neo4j/store.ts'
import { manyEvents } from '../chaos/many-events.ts'
import type { BenchServers } from './servers.ts'

export interface WriteResult {
  readonly eventsPerSecond: number
  readonly deadlocks: number
}

/** Enough that accounts and identifiers come again. */
const lanes = 4
const eventsPerBatch = 1_000

export async function benchWrite(
  { neo4j: options }: BenchServers,
  events: number,
): Promise<{ ours: WriteResult; naive: WriteResult }> {
  const all = manyEvents(events)
  // The first statements of a server are slow for everybody.
  await ours(options, all.slice(0, 5_000))
  await empty(options)
  const first = await ours(options, all)
  await empty(options)
  return { ours: first, naive: await naive(options, all) }
}

async function ours(options: Neo4jOptions, events: readonly StoredEvent[]): Promise<WriteResult> {
  await using store = await openNeo4jStore({ ...options, keyFingerprint: 'bench' })
  const startedAt = performance.now()
  for (let from = 0; from < events.length; from += 5_000) await store.record(events.slice(from, from + 5_000))
  return {
    eventsPerSecond: (events.length / (performance.now() - startedAt)) * 1_000,
    deadlocks: store.retries.deadlocks,
  }
}

const naiveStatement = `UNWIND $rows AS row
MERGE (a:Account {id: row.account})
MERGE (i:Identifier {key: row.key})
MERGE (a)-[u:USED {type: row.type}]->(i)
ON CREATE SET u.firstSeen = row.at, u.lastSeen = row.at
ON MATCH SET u.lastSeen = row.at`

/** A row an event and identifier, four at a time, with the driver's own retries. It stores less than we do. */
async function naive(options: Neo4jOptions, events: readonly StoredEvent[]): Promise<WriteResult> {
  let attempts = 0
  let batches = 0
  const startedAt = performance.now()
  await withDriver(options, async (driver) => {
    const lane = async (number: number): Promise<void> => {
      for (let from = number * eventsPerBatch; from < events.length; from += lanes * eventsPerBatch) {
        const rows = events.slice(from, from + eventsPerBatch).flatMap((event) =>
          event.identifiers.map(({ kind, ref }) => ({
            account: event.account,
            key: `${kind} ${ref}`,
            type: stateTypeOf(event),
            at: neo4j.int(event.at),
          })),
        )
        batches += 1
        const session = driver.session({ database: options.database })
        await session.executeWrite((transaction) => {
          attempts += 1
          return transaction.run(naiveStatement, { rows })
        })
        await session.close()
      }
    }
    await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)))
  })
  return {
    eventsPerSecond: (events.length / (performance.now() - startedAt)) * 1_000,
    deadlocks: attempts - batches,
  }
}

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
  await store.record(manyEvents(events))
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
  const [oursAll, naiveAll] = [[await scan()], [await rows()]]
  for (let round = 0; round < 2; round++) {
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

const empty = (options: Neo4jOptions): Promise<void> =>
  withDriver(options, async (driver) => {
    const session = driver.session({ database: options.database })
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS')
    await session.close()
  })

async function withDriver<T>(options: Neo4jOptions, work: (driver: Driver) => Promise<T>): Promise<T> {
  const driver = neo4j.driver(options.url, neo4j.auth.basic(options.user, options.password))
  try {
    return await work(driver)
  } finally {
    await driver.close()
  }
}
