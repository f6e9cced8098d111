/** Every query that docs/neo4j.md shows is run, and answers something. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { writeWorld } from '../../range/write.ts'
import { makePublication } from '../../src/engine/make-publication.ts'
import { openNeo4jStore } from '../../src/store/neo4j/store.ts'
import { admittedFrom, testBorder } from '../support/admitted.ts'
import { keyFingerprint } from '../support/stores/embedded.ts'
import { emptyNeo4j, neo4jOptions, withDriver } from '../support/stores/production.ts'
import { describeOn } from '../support/stores/servers.ts'
import { tempDir } from '../support/temp-dir.ts'

const page = readFileSync(new URL('../../docs/neo4j.md', import.meta.url), 'utf8')
const queries = [...page.matchAll(/\*\*(.+?)\*\*[^`]*?```cypher\n([\s\S]*?)```/g)].map(
  ([, question = '', query = '']) => [question, query] as const,
)

test('the page holds five questions', () => {
  expect(queries).toHaveLength(5)
})

describeOn(['neo4j'], 'docs/neo4j.md', () => {
  beforeAll(async () => {
    using dir = tempDir()
    await emptyNeo4j()
    await writeWorld(dir.path, { world: 'town', seed: 21, accounts: 1_000 })
    const border = await testBorder()
    const { events } = await admittedFrom(
      [{ file: join(dir.path, 'events.ndjson'), stream: 'events' }],
      border,
    )
    await using store = await openNeo4jStore({ ...(await neo4jOptions()), keyFingerprint })
    await store.record(events)
    const kindOf = (kind: string) => border.registry.get(kind)
    await store.publish(await makePublication(store, { kindOf, policy: 'test', clock: Date.now }))
  }, 120_000)

  test.each(queries)('%s', async (_, query) => {
    const { records } = await withDriver((driver) => driver.executeQuery(query, {}))

    expect(records.length).toBeGreaterThan(0)
    for (const record of records.slice(0, 5))
      expect(record.keys.map((key): unknown => record.get(key))).not.toContain(null)
  })
})
