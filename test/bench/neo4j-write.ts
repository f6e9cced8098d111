/** Writing to Neo4j, beside the ways one would write first: the same events, on the same server, in turns. */
import neo4j from 'neo4j-driver'
import type { StoredEvent } from '../../graph/model.ts'
import { type Neo4jOptions, openNeo4jStore } from '../../src/store/neo4j/store.ts'
import { exactStatement, shortStatement } from './naive-write.ts'
import { empty, withDriver } from './neo4j.ts'
import type { BenchServers } from './servers.ts'

export interface WriteResult {
  readonly eventsPerSecond: number
  /** Transactions that were begun again, for all rounds. */
  readonly retries: number
}

type Way = (options: Neo4jOptions, events: readonly StoredEvent[]) => Promise<WriteResult>

const lanes = 4
const eventsPerBatch = 1_000
/** As much as a worker with a backlog joins at once (src/queue/bullmq/ingest-worker.ts). */
const eventsPerJoin = 50_000

const ways = {
  ours,
  /** Keeps what we keep: the same job. */
  exact: naive(exactStatement),
  /** Keeps less. */
  short: naive(shortStatement),
} satisfies Record<string, Way>

/** Each way on an empty database, warm, in turns; the better of two rounds each. */
export async function benchWrite(
  { neo4j: options }: BenchServers,
  all: readonly StoredEvent[],
): Promise<Record<keyof typeof ways, WriteResult>> {
  const found: Record<keyof typeof ways, WriteResult[]> = { ours: [], exact: [], short: [] }
  const names = Object.keys(ways) as (keyof typeof ways)[]
  for (let round = -1; round < 2; round++) {
    for (const name of names) {
      await empty(options)
      const result = await ways[name](options, round < 0 ? all.slice(0, 20_000) : all)
      if (round >= 0) found[name].push(result)
    }
  }
  return { ours: together(found.ours), exact: together(found.exact), short: together(found.short) }
}

const together = (results: readonly WriteResult[]): WriteResult => ({
  eventsPerSecond: Math.max(...results.map(({ eventsPerSecond }) => eventsPerSecond)),
  retries: results.reduce((sum, { retries }) => sum + retries, 0),
})

async function ours(options: Neo4jOptions, events: readonly StoredEvent[]): Promise<WriteResult> {
  await using store = await openNeo4jStore({ ...options, keyFingerprint: 'bench' })
  const startedAt = performance.now()
  for (let from = 0; from < events.length; from += eventsPerJoin)
    await store.record(events.slice(from, from + eventsPerJoin))
  return {
    eventsPerSecond: (events.length / (performance.now() - startedAt)) * 1_000,
    retries: store.retries.total,
  }
}

/** A row an event, MERGE for everything, four batches at a time, the driver's own retries. */
function naive({ text, rowOf }: { text: string; rowOf: (event: StoredEvent) => unknown }): Way {
  return async (options, events) => {
    let attempts = 0
    let batches = 0
    const startedAt = performance.now()
    await withDriver(options, async (driver) => {
      const lane = async (number: number): Promise<void> => {
        for (let from = number * eventsPerBatch; from < events.length; from += lanes * eventsPerBatch) {
          const rows = events.slice(from, from + eventsPerBatch).map(rowOf)
          batches += 1
          const session = driver.session({
            database: options.database,
            defaultAccessMode: neo4j.session.WRITE,
          })
          await session.executeWrite((transaction) => {
            attempts += 1
            return transaction.run(text, { rows })
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
}
