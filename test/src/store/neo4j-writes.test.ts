/** What is particular to writing into Neo4j: types, steps that break off, several writers at once. */
import { beforeEach, expect, test } from '@jest/globals'
import type { LinkStore } from '../../../graph/ports.ts'
import { openNeo4jStore } from '../../../src/store/neo4j/store.ts'
import { busyEvents } from '../../bench/busy-events.ts'
import { keyFingerprint, openTempStore } from '../../support/embedded.ts'
import { eventOf, labelOf, seen } from '../../support/events.ts'
import { emptyNeo4j, neo4jOptions, withDriver } from '../../support/production.ts'
import { publicationsOf } from '../../support/publications.ts'
import { describeOn } from '../../support/servers.ts'

const ringWith = (...accounts: readonly string[]) => ({
  head: { class: 'uncertain' as const, risk: 0.5, firstSeen: 1, lastSeen: 2, topEvidence: [], reasons: [] },
  members: accounts.map((account) => ({
    account,
    role: 'core' as const,
    membership: 1,
    risk: 0.5,
    compromise: 0,
    flagged: true,
    reasons: [],
  })),
})

const [first, second] = publicationsOf([
  new Map([['ring_a', ringWith('ada', 'bob', 'cyd')]]),
  new Map([
    ['ring_a', ringWith('ada', 'bob')],
    ['ring_b', ringWith('cyd', 'dan')],
  ]),
])
if (!first || !second) throw new Error('no publications')

const visible = async (store: LinkStore) => ({
  run: await store.published(),
  rings: await store.rings({}),
  changes: await store.changes({ limit: 99 }),
  snapshot: (await store.snapshot())?.version,
})

const open = async (onStatement: (name: string) => void = () => {}) =>
  openNeo4jStore({ ...(await neo4jOptions()), keyFingerprint, onStatement })

describeOn(['neo4j'], 'writing to Neo4j', () => {
  beforeEach(() => emptyNeo4j())

  test('whole numbers are integers, times are date-times, days are texts that people can read', async () => {
    await using store = await open()
    const at = Date.UTC(2026, 4, 2, 10, 15, 0, 7)
    await store.record([
      eventOf({ id: 'e1', at, tables: 3, identifiers: [seen('ip', 'i1', { asn: 64_500 })] }),
    ])

    const { records } = await withDriver((driver) =>
      driver.executeQuery(
        `MATCH (a:Account)-[u:USED]->(i:IpAddress)
         RETURN valueType(i.tables) AS tables, valueType(i.asn) AS asn, valueType(u.firstSeen) AS seen,
           toString(u.firstSeen) AS firstSeen, u.days AS days, toString(a.login_lastSeen) AS lastLogin`,
        {},
      ),
    )

    expect(records[0]?.toObject()).toEqual({
      tables: 'INTEGER NOT NULL',
      asn: 'INTEGER NOT NULL',
      seen: 'ZONED DATETIME NOT NULL',
      firstSeen: '2026-05-02T10:15:00.007Z',
      days: ['2026-05-02'],
      lastLogin: '2026-05-02T10:15:00.007Z',
    })
  })

  test.each([
    'rings/put-changes',
    'rings/put-snapshot-part',
    'rings/end-changes',
    'rings/put-members',
    'rings/publish',
  ])('a publish that breaks off at %s is not seen at all, and the next is whole', async (where) => {
    let isArmed = false
    await using store = await open((name) => {
      if (isArmed && name === where) throw new Error('the process dies')
    })
    await store.record(['ada', 'bob', 'cyd', 'dan'].map((account) => eventOf({ id: account, account })))
    await store.publish(first.publication)
    const before = await visible(store)

    isArmed = true
    await expect(store.publish(second.publication)).rejects.toThrow('the process dies')
    const after = await visible(store)
    isArmed = false
    await store.publish(second.publication)
    const members = await withDriver((driver) =>
      driver.executeQuery(
        'MATCH (a:Account)-[:MEMBER_OF]->(r:Ring) RETURN r.id + " " + a.id AS member ORDER BY member',
        {},
      ),
    )

    expect(after).toEqual(before)
    expect(await visible(store)).toEqual({
      run: second.publication.run,
      rings: second.publication.rings,
      changes: [...first.publication.changes, ...second.publication.changes],
      snapshot: 2,
    })
    expect(members.records.map((record): unknown => record.get('member'))).toEqual([
      'ring_a ada',
      'ring_a bob',
      'ring_b cyd',
      'ring_b dan',
    ])
  })

  test('of claims made at once each is another, and changes counted at once are all counted', async () => {
    const stores = await Promise.all([open(), open(), open(), open()])
    const before = (await stores[0]?.progress())?.changes ?? 0

    const claims = await Promise.all(stores.flatMap((store) => [store.claim(), store.claim(), store.claim()]))
    await Promise.all(
      stores.flatMap((store, n) => [0, 1, 2].map((i) => store.label([labelOf({ account: `a${n}.${i}` })]))),
    )

    expect(new Set(claims).size).toBe(12)
    expect(await stores[0]?.progress()).toMatchObject({ changes: before + 12 })
    for (const store of stores) await store[Symbol.asyncDispose]()
  })

  test('four writers at once over the same few accounts lose nothing, and each waits for no other for long', async () => {
    const events = busyEvents(6_000).map((event, i) => ({ ...event, account: `a${i % 40}` }))
    await using oracle = await openTempStore()
    await oracle.record(events)
    const stores = await Promise.all([open(), open(), open(), open()])

    // Every writer has three quarters of all, in an order of its own.
    await Promise.all(
      stores.map(async (store, n) => {
        const mine = events.filter((_, i) => i % 4 !== n)
        const turned = [...mine.slice(n * 900), ...mine.slice(0, n * 900)]
        for (let from = 0; from < turned.length; from += 500)
          await store.record(turned.slice(from, from + 500))
      }),
    )

    expect(await stores[0]?.digest()).toEqual(await oracle.digest())
    for (const store of stores) await store[Symbol.asyncDispose]()
  }, 120_000)
})
