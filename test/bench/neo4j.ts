/** Writing to and reading from Neo4j, beside the ways one would write first. */
import neo4j, { type Driver } from 'neo4j-driver'
import type { StoredEvent } from '../../graph/model.ts'
import { stateTypeOf } from '../../graph/state/fold.ts'
import { type Neo4jOptions, openNeo4jStore } from '../../src/store/neo4j/store.ts'
import { busyEvents } from './busy-events.ts'
import type { BenchServers } from './servers.ts'

export interface WriteResult {
  readonly eventsPerSecond: number
  /** Transactions that were begun again. */
  readonly retries: number
}

const lanes = 4
const eventsPerBatch = 1_000

/** Both ways on an empty database, warm, in turns; the better of two rounds each. */
export async function benchWrite(
  { neo4j: options }: BenchServers,
  all: readonly StoredEvent[],
): Promise<{ ours: WriteResult; naive: WriteResult }> {
  const found: { ours: WriteResult[]; naive: WriteResult[] } = { ours: [], naive: [] }
  for (let round = -1; round < 2; round++) {
    const some = round < 0 ? all.slice(0, 20_000) : all
    await empty(options)
    const one = await ours(options, some)
    await empty(options)
    const other = await naive(options, some)
    if (round < 0) continue
    found.ours.push(one)
    found.naive.push(other)
  }
  return { ours: together(found.ours), naive: together(found.naive) }
}

const together = (results: readonly WriteResult[]): WriteResult => ({
  eventsPerSecond: Math.max(...results.map(({ eventsPerSecond }) => eventsPerSecond)),
  retries: results.reduce((sum, { retries }) => sum + retries, 0),
})

async function ours(options: Neo4jOptions, events: readonly StoredEvent[]): Promise<WriteResult> {
  await using store = await openNeo4jStore({ ...options, keyFingerprint: 'bench' })
  const startedAt = performance.now()
  for (let from = 0; from < events.length; from += 5_000) await store.record(events.slice(from, from + 5_000))
  return {
    eventsPerSecond: (events.length / (performance.now() - startedAt)) * 1_000,
    retries: store.retries.total,
  }
}

/**
 * What one writes first: a row an event, MERGE for everything, four batches at a time, the driver's own retries. It
 * keeps first and last time, days and sessions as we do, and neither the newest happenings nor what identifiers are.
 */
const naiveStatement = `UNWIND $rows AS row
MERGE (a:Account {id: row.account})
ON CREATE SET a.firstSeen = row.at, a.lastSeen = row.at, a.days = [row.day]
ON MATCH SET a.firstSeen = CASE WHEN a.firstSeen > row.at THEN row.at ELSE a.firstSeen END,
  a.lastSeen = CASE WHEN a.lastSeen < row.at THEN row.at ELSE a.lastSeen END,
  a.days = CASE WHEN row.day IN a.days THEN a.days ELSE a.days + row.day END
WITH a, row
UNWIND row.identifiers AS identifier
MERGE (i:Identifier {key: identifier.key})
ON CREATE SET i.kind = identifier.kind, i.ref = identifier.ref
MERGE (a)-[u:USED {type: row.type}]->(i)
ON CREATE SET u.firstSeen = row.at, u.lastSeen = row.at, u.days = [row.day], u.sessions = [row.session]
ON MATCH SET u.firstSeen = CASE WHEN u.firstSeen > row.at THEN row.at ELSE u.firstSeen END,
  u.lastSeen = CASE WHEN u.lastSeen < row.at THEN row.at ELSE u.lastSeen END,
  u.days = CASE WHEN row.day IN u.days THEN u.days ELSE u.days + row.day END,
  u.sessions = CASE WHEN row.session IN u.sessions THEN u.sessions ELSE (u.sessions + row.session)[-8..] END`

const naiveRow = (event: StoredEvent) => ({
  account: event.account,
  type: stateTypeOf(event),
  at: neo4j.int(event.at),
  day: new Date(event.at).toISOString().slice(0, 10),
  session: event.session ?? '',
  identifiers: event.identifiers.map(({ kind, ref }) => ({ kind, ref, key: `${kind} ${ref}` })),
})

async function naive(options: Neo4jOptions, events: readonly StoredEvent[]): Promise<WriteResult> {
  let attempts = 0
  let batches = 0
  const startedAt = performance.now()
  await withDriver(options, async (driver) => {
    const lane = async (number: number): Promise<void> => {
      for (let from = number * eventsPerBatch; from < events.length; from += lanes * eventsPerBatch) {
        const rows = events.slice(from, from + eventsPerBatch).map(naiveRow)
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
    retries: attempts - batches,
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

/** Data, key and schema's number: what comes next is a deployment of its own. */
export const emptyAll = ({ neo4j: options }: BenchServers): Promise<void> => empty(options)
