/** What is particular to writing into Neo4j: types, steps that break off, several writers at once. */
import { beforeEach, expect, test } from '@jest/globals'
import type { StoredEvent } from '../../../graph/model.ts'
import type { LinkStore } from '../../../graph/ports.ts'
import { dayMs } from '../../../graph/time.ts'
import { openNeo4jStore } from '../../../src/store/neo4j/store.ts'
import { busyEvents } from '../../bench/busy-events.ts'
import { keyFingerprint, openTempStore } from '../../support/embedded.ts'
import { eventOf, labelOf, noon, seen } from '../../support/events.ts'
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

/** Few accounts and identifiers, named by each other, shown in ever other ways. */
const crowded = (event: StoredEvent, i: number): StoredEvent => ({
  ...event,
  account: `a${i % 60}`,
  tables: i % 11,
  relations: i % 7 === 0 ? [{ account: `a${(i * 13) % 60}`, relation: 'paid' }] : [],
  identifiers: event.identifiers.map(({ kind, ref }) =>
    seen(
      kind,
      ref.replace(/\d+/, (digits) => String(Number(digits) % 50)),
      {
        mask: `mask ${i % 3}`,
        class: i % 2 === 0 ? 'vpn' : 'tor',
        display: `text ${i}`,
      },
    ),
  ),
})

const open = async (onStatement: (name: string) => void = () => {}) =>
  openNeo4jStore({ ...(await neo4jOptions()), keyFingerprint, onStatement })

describeOn(['neo4j'], 'writing to Neo4j', () => {
  beforeEach(() => emptyNeo4j())

  test('whole numbers are integers, times are date-times, days between the first and the last are texts', async () => {
    await using store = await open()
    const at = Date.UTC(2026, 4, 2, 10, 15, 0, 7)
    const use = { tables: 3, session: 's1', identifiers: [seen('ip', 'i1', { asn: 64_500 })] }
    await store.record([0, 1, 5].map((day) => eventOf({ id: `e${day}`, at: at + day * dayMs, ...use })))
    await store.record([eventOf({ id: 'p1', type: 'payment', at, ...use })])

    const { records } = await withDriver((driver) =>
      driver.executeQuery(
        `MATCH (a:Account)-[u:USED {type: "login"}]->(i:IpAddress)<-[p:USED {type: "payment"}]-(a)
         RETURN valueType(i.tables) AS tables, valueType(i.asn) AS asn, valueType(u.firstSeen) AS seen,
           toString(u.firstSeen) AS firstSeen, u.days AS days, toString(a.lastSeen) AS lastSeen,
           p.days AS noDays, p.sessions AS session`,
        {},
      ),
    )

    expect(records[0]?.toObject()).toEqual({
      tables: 'INTEGER NOT NULL',
      asn: 'INTEGER NOT NULL',
      seen: 'ZONED DATETIME NOT NULL',
      firstSeen: '2026-05-02T10:15:00.007Z',
      days: ['2026-05-02', '2026-05-03', '2026-05-07'],
      lastSeen: '2026-05-07T10:15:00.007Z',
      noDays: null,
      session: 's1',
    })
  })

  test('a session whose text looks like a list, and one that was not seen last, come back as they were', async () => {
    await using oracle = await openTempStore()
    await using store = await open()
    const identifiers = [seen('device', 'd1')]
    const events = [
      eventOf({ id: 'e1', session: '[1]', identifiers }),
      eventOf({ id: 'e2', account: 'bob', session: 's2', identifiers }),
      eventOf({ id: 'e3', account: 'bob', at: noon + 1, identifiers }),
    ]

    for (const each of [oracle, store]) await each.record(events)

    expect(await store.digest()).toEqual(await oracle.digest())
  })

  test('an account that others named first, and whose birth is learned later, is joined as any other', async () => {
    await using oracle = await openTempStore()
    await using store = await open()
    const relations = [{ account: 'bob', relation: 'paid' as const }]
    const batches = [
      [eventOf({ id: 'e1', type: 'payment', relations })],
      [eventOf({ id: 'e2', account: 'bob', type: 'signup' })],
      [eventOf({ id: 'e4', account: 'bob', createdAt: noon - 5 })],
      [eventOf({ id: 'e3', account: 'bob', at: noon + dayMs, createdAt: noon - 9 })],
    ]

    for (const each of [oracle, store]) for (const events of batches) await each.record(events)

    expect(await store.digest()).toEqual(await oracle.digest())
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

  test('four writers at once over the same few accounts and identifiers lose nothing, and none meets a deadlock', async () => {
    const events = busyEvents(6_000).map(crowded)
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
    expect(stores.map(({ retries }) => retries.deadlocks)).toEqual([0, 0, 0, 0])
    for (const store of stores) await store[Symbol.asyncDispose]()
  }, 120_000)
})
