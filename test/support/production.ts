/** Production stores on the servers that tests were given. */
import neo4j, { type Driver } from 'neo4j-driver'
import type { StoredEvent } from '../../graph/model.ts'
import type { Intake, LinkStore, Receipt } from '../../graph/ports.ts'
import { type Neo4jOptions, openNeo4jStore } from '../../src/store/neo4j/store.ts'
import { keyFingerprint } from './embedded.ts'
import { testNeo4j } from './servers.ts'

export async function neo4jOptions(): Promise<Neo4jOptions> {
  return { ...(await testNeo4j()), database: 'neo4j', deadlineMs: 20_000 }
}

/** The driver itself, for tests that go behind the store. */
export async function withDriver<T>(work: (driver: Driver) => Promise<T>): Promise<T> {
  const { url, user, password } = await neo4jOptions()
  const driver = neo4j.driver(url, neo4j.auth.basic(user, password), { disableLosslessIntegers: true })
  try {
    return await work(driver)
  } finally {
    await driver.close()
  }
}

/** Removes every node; constraints and indexes stay. */
export const emptyNeo4j = (): Promise<void> =>
  withDriver(async (driver) => {
    const session = driver.session()
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS')
    await session.close()
  })

export async function openProductionStore(): Promise<LinkStore & Intake> {
  await emptyNeo4j()
  const store = await openNeo4jStore({ ...(await neo4jOptions()), keyFingerprint })
  return { ...store, ...memoryIntake(store) }
}

function memoryIntake(store: LinkStore): Intake {
  const seen = new Map<string, StoredEvent[]>()
  let waiting: StoredEvent[] = []
  return {
    async accept(events) {
      return events.map((event): Receipt => {
        const rows = seen.get(event.id) ?? []
        const same = rows.filter(({ content }) => content === event.content)
        if (!same.some(({ tables }) => tables === event.tables)) {
          waiting.push(event)
          seen.set(event.id, [...rows, event])
        }
        if (same.length > 0) return 'duplicate'
        return rows.length > 0 ? 'conflict' : 'accepted'
      })
    },
    async foldSome() {
      const some = waiting.splice(0, 1000)
      await store.record(some)
      return some.length
    },
    waiting: async () => waiting.length,
  }
}
