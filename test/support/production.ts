/** Production stores on the servers that tests were given. */
import neo4j from 'neo4j-driver'
import type { StoredEvent } from '../../graph/model.ts'
import type { Intake, LinkStore, Receipt } from '../../graph/ports.ts'
import { type Neo4jOptions, openNeo4jStore } from '../../src/store/neo4j/store.ts'
import { keyFingerprint } from './embedded.ts'

export const connection: Neo4jOptions = {
  url: process.env['TEST_NEO4J_URL'] ?? 'bolt://127.0.0.1:17687',
  user: 'neo4j',
  password: 'ringleader-test',
  database: 'neo4j',
  deadlineMs: 20_000,
}

export async function emptyNeo4j(): Promise<void> {
  const driver = neo4j.driver(connection.url, neo4j.auth.basic(connection.user, connection.password))
  await driver.executeQuery('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS', {}).catch(async () => {
    const session = driver.session()
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS')
    await session.close()
  })
  await driver.close()
}

export async function openProductionStore(): Promise<LinkStore & Intake> {
  await emptyNeo4j()
  const store = await openNeo4jStore({ ...connection, keyFingerprint })
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
