/** How a publish is written into Neo4j: what nobody sees yet in one transaction, and the one that shows it. */
import { expect, test } from '@jest/globals'
import { openNeo4jStore } from '../../../src/store/neo4j/store.ts'
import { publicationsOf } from '../../support/core/publications.ts'
import { keyFingerprint } from '../../support/stores/embedded.ts'
import { emptyNeo4j, neo4jOptions } from '../../support/stores/production.ts'
import { describeOn } from '../../support/stores/servers.ts'

const [published] = publicationsOf([new Map()])
if (!published) throw new Error('no publication')
const snapshot = new Uint8Array(2_500_000)

describeOn(['neo4j'], 'publishing to Neo4j', () => {
  test('a publish takes two transactions beside the one that drops what is old', async () => {
    await emptyNeo4j()
    const statements: string[] = []
    const onStatement = (name: string) => statements.push(name)
    await using store = await openNeo4jStore({ ...(await neo4jOptions()), keyFingerprint, onStatement })

    await store.publish({ ...published.publication, snapshot })

    expect(statements.filter((name) => name === 'rings/put-snapshot-part')).toHaveLength(3)
    expect(statements.filter((name) => name === 'rings/read-claim')).toHaveLength(2)
    expect((await store.snapshot())?.bytes).toEqual(snapshot)
  })
})
