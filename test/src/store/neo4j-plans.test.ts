/** How Neo4j means to run each statement: a plan that reads every node, or multiplies rows, is a fault. */
import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import neo4j, { type Driver, type Plan } from 'neo4j-driver'
import {
  audit,
  feed,
  migrations,
  models,
  people,
  requests,
  rings,
  server,
  state,
  tripwires,
  webhooks,
} from '../../../cypher/catalogue.ts'
import { openNeo4jStore } from '../../../src/store/neo4j/store.ts'
import { keyFingerprint } from '../../support/stores/embedded.ts'
import { emptyNeo4j, neo4jOptions } from '../../support/stores/production.ts'
import { describeOn } from '../../support/stores/servers.ts'

const folder = new URL('../../../cypher', import.meta.url).pathname
const catalogue: readonly { name: string; text: string }[] = Object.values({
  ...state,
  ...rings,
  ...people,
  ...models,
  ...webhooks,
  ...tripwires,
  ...feed,
  ...audit,
  ...requests,
  ...server,
})
/** SHOW and CALL are the server's own affair, and take no plan or a trivial one. */
const planned = catalogue.filter(({ text }) => !/^(SHOW|CALL)/.test(text))

test('every file is in the catalogue, and says what it does', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.cypher'))
    .map((file) => file.slice(0, -'.cypher'.length))

  expect(files.toSorted()).toEqual([...catalogue, ...migrations].map(({ name }) => name).toSorted())
  for (const migration of migrations) expect(migration.makes).not.toBe('')
})

describeOn(['neo4j'], 'plans', () => {
  let driver: Driver

  beforeAll(async () => {
    await emptyNeo4j()
    const options = await neo4jOptions()
    await (await openNeo4jStore({ ...options, keyFingerprint }))[Symbol.asyncDispose]()
    driver = neo4j.driver(options.url, neo4j.auth.basic(options.user, options.password))
    await populate(driver)
  }, 120_000)
  afterAll(() => driver.close())

  describe.each(planned.map(({ name, text }) => [name, text] as const))('%s', (_, text) => {
    test('goes along an index, as it did before', async () => {
      const { summary } = await driver.executeQuery(`EXPLAIN ${text}`, {})
      if (!summary.plan) throw new Error('Neo4j answered no plan')
      const operators = operatorsOf(summary.plan)

      expect(
        operators.filter((name) => /AllNodesScan|CartesianProduct|AllRelationshipsScan/.test(name)),
      ).toEqual([])
      // Whether properties are kept for a later step is decided by costs of the moment, and no way to find anything.
      expect(operators.filter((name) => name !== 'CacheProperties').join(' < ')).toMatchSnapshot()
    })
  })
})

const operatorsOf = ({ operatorType, children }: Plan): readonly string[] => [
  operatorType.replace('@neo4j', ''),
  ...children.flatMap(operatorsOf),
]

/** Enough of everything that an index is the better way. */
async function populate(driver: Driver): Promise<void> {
  const session = driver.session()
  for (const text of [
    'UNWIND range(1, 2000) AS n CREATE (:Account {id: "a" + n})',
    'UNWIND range(1, 2000) AS n CREATE (:Identifier:Device {key: "device " + n, kind: "device", ref: "" + n})',
    'UNWIND range(1, 2000) AS n MATCH (a:Account {id: "a" + n}) MATCH (i:Identifier {key: "device " + n}) CREATE (a)-[:USED {type: "login"}]->(i)',
    'UNWIND range(1, 2000) AS n MATCH (a:Account {id: "a" + n}) MATCH (b:Account {id: "a" + (2001 - n)}) CREATE (a)-[:PAID {type: "payment"}]->(b)',
    'UNWIND range(1, 500) AS n CREATE (:Ring {id: "r" + n}) CREATE (:RingChange {ring: "r" + n, version: 1, until: 2, status: "active"}) CREATE (:RingChange {ring: "r" + n, version: 2, until: 99, status: "active"})',
    'UNWIND range(1, 500) AS n MATCH (a:Account {id: "a" + n}) MATCH (r:Ring {id: "r" + n}) CREATE (a)-[:MEMBER_OF]->(r)',
    'UNWIND range(1, 500) AS n CREATE (:DeadLetter {id: "d" + n, at: datetime({epochMillis: n})}) CREATE (:Decision {id: "d" + n, ring: "r" + n, verdict: CASE WHEN n % 50 = 0 THEN "confirm" ELSE "other" END}) CREATE (:Assertion {id: "a" + n, at: datetime({epochMillis: n})}) CREATE (:ApiKey {id: "k" + n, createdAt: datetime({epochMillis: n})}) CREATE (:Snapshot {version: n, part: 1}) CREATE (:DetectionRun {version: n})',
    'UNWIND range(1, 500) AS n CREATE (:AuditEntry {seq: n, act: "a" + n}) CREATE (:Receipt {decision: "d" + n})',
    'UNWIND range(1, 500) AS n CREATE (:NamedRequest {id: "n" + n, claim: "c", until: datetime({epochMillis: n})})',
    'UNWIND range(1, 500) AS n CREATE (:Tripwire {id: "t" + n}) CREATE (:TripwireHit {id: "h" + n, note: n, version: 1, ring: "r" + n})',
    'UNWIND range(1, 500) AS n CREATE (:Webhook {id: "w" + n}) CREATE (:DeadMessage {id: "m" + n, webhook: "w" + n, at: datetime({epochMillis: n})})',
    'UNWIND range(1, 50) AS n MATCH (a:Account {id: "a" + n}) MERGE (s:LabelSource {name: "s" + (n % 3)}) CREATE (a)-[:LABELLED]->(s)',
    'UNWIND ["state", "publication", "edges", "tripwires", "audit"] AS name MERGE (:Control {name: name})',
    'CALL db.resampleOutdatedIndexes()',
  ])
    await session.run(text)
  await session.close()
  await new Promise((resolve) => setTimeout(resolve, 2_000))
}
