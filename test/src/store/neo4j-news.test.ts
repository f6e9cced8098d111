/** News of identifiers in Neo4j, where events are joined in several transactions. */
import { beforeEach, expect, test } from '@jest/globals'
import { openNeo4jStore } from '../../../src/store/neo4j/store.ts'
import { eventOf, seen } from '../../support/core/events.ts'
import { keyFingerprint } from '../../support/stores/embedded.ts'
import { emptyNeo4j, neo4jOptions, withDriver } from '../../support/stores/production.ts'
import { describeOn } from '../../support/stores/servers.ts'

const open = async (onStatement: (name: string) => void = () => {}) =>
  openNeo4jStore({ ...(await neo4jOptions()), keyFingerprint, onStatement })

describeOn(['neo4j'], 'news in Neo4j', () => {
  beforeEach(() => emptyNeo4j())

  test('identifiers of events whose joining broke off are news when these are joined again', async () => {
    let isArmed = true
    await using store = await open((name) => {
      if (isArmed && name === 'state/claim-accounts') throw new Error('the process dies')
    })
    const events = [eventOf({ id: 'e1', identifiers: [seen('device', 'd1')] })]

    await expect(store.record(events)).rejects.toThrow('the process dies')
    isArmed = false
    await store.record(events)

    expect(await store.changedSince(0, 'news')).toMatchObject({
      accounts: [{ account: 'ada' }],
      identifiers: [{ kind: 'device', ref: 'd1' }],
    })
  })

  test('of changes that were counted before news was noted all identifiers are told', async () => {
    await using store = await open()
    const identifiers = [seen('device', 'd1')]
    await store.record([eventOf({ id: 'e1', identifiers })])
    const { changes } = await store.progress()
    await store.record([eventOf({ id: 'e2', identifiers })])
    await withDriver((driver) => driver.executeQuery('MATCH (c:StateChange) REMOVE c.news', {}))

    expect((await store.changedSince(changes, 'news'))?.identifiers).toMatchObject([{ ref: 'd1' }])
  })
})
