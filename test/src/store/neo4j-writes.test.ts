/** What is particular to writing into Neo4j: types, steps that break off, several writers at once. */
import { beforeEach, expect, test } from '@jest/globals'
import { server } from '../../../cypher/catalogue.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import type { LinkStore } from '../../../graph/ports.ts'
import type { Publication } from '../../../graph/ring.ts'
import { dayMs } from '../../../graph/time.ts'
import { openNeo4jStore } from '../../../src/store/neo4j/store.ts'
import { busyEvents } from '../../bench/busy-events.ts'
import { eventOf, labelOf, noon, seen } from '../../support/core/events.ts'
import { publicationsOf } from '../../support/core/publications.ts'
import { keyFingerprint, openTempStore } from '../../support/stores/embedded.ts'
import { emptyNeo4j, neo4jOptions, withDriver } from '../../support/stores/production.ts'
import { describeOn } from '../../support/stores/servers.ts'

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

const together = new Map([['ring_a', ringWith('ada', 'bob', 'cyd')]])
/** One of them has left for a ring of its own. */
const apart = (ring: string) =>
  new Map([
    ['ring_a', ringWith('ada', 'bob')],
    [ring, ringWith('cyd', 'dan')],
  ])

const [first, second, third] = publicationsOf([together, apart('ring_b'), together])
const [, other] = publicationsOf([together, apart('ring_c')])
if (!first || !second || !third || !other) throw new Error('no publications')

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i % 251)

/** With a snapshot of several parts. */
const large: Publication = { ...other.publication, snapshot: bytes(2_500_000) }

const visible = async (store: LinkStore) => ({
  run: await store.published(),
  rings: await store.rings({}),
  ring: await Promise.all(['ring_a', 'ring_b', 'ring_c'].map((id) => store.ring(id))),
  second: await Promise.all(['ring_a', 'ring_b', 'ring_c'].map((id) => store.ring(id, { version: 2 }))),
  changes: await store.changes({ limit: 99 }),
  snapshot: await store.snapshot(),
})

const cells = (query: string): Promise<readonly unknown[]> =>
  withDriver(async (driver) => {
    const { records } = await driver.executeQuery(query, {})
    return records.map((record): unknown => record.get(0))
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

const at = Date.UTC(2026, 4, 2, 10, 15, 0, 7)

describeOn(['neo4j'], 'writing to Neo4j', () => {
  beforeEach(() => emptyNeo4j())

  test('whole numbers are integers, times are date-times, days between the first and the last are texts', async () => {
    await using store = await open()
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
  ])(
    'a publish that breaks off at %s is not seen at all, and nothing of it is in the next',
    async (where) => {
      let isArmed = false
      await using store = await open((name) => {
        if (isArmed && name === where) throw new Error('the process dies')
      })
      await store.record(['ada', 'bob', 'cyd', 'dan'].map((account) => eventOf({ id: account, account })))
      await store.publish(first.publication)
      const before = await visible(store)

      isArmed = true
      await expect(store.publish(large)).rejects.toThrow('the process dies')
      const after = await visible(store)
      isArmed = false
      await store.publish(second.publication)

      expect(after).toEqual(before)
      const rings = ['ring_a', 'ring_b', 'ring_c'].map((id) => second.rings.get(id))
      expect(await visible(store)).toEqual({
        run: second.publication.run,
        rings: second.publication.rings,
        ring: rings,
        second: rings,
        changes: [...first.publication.changes, ...second.publication.changes],
        snapshot: { version: 2, bytes: second.publication.snapshot },
      })
      expect(
        await cells('MATCH (a:Account)-[:MEMBER_OF]->(r:Ring) RETURN r.id + " " + a.id AS m ORDER BY m'),
      ).toEqual(['ring_a ada', 'ring_a bob', 'ring_b cyd', 'ring_b dan'])
    },
  )

  test('a snapshot of several parts is read as it was given', async () => {
    await using store = await open()
    await store.publish(first.publication)

    await store.publish(large)

    const { version, bytes: read = new Uint8Array() } = (await store.snapshot()) ?? {}
    expect(version).toBe(2)
    expect(Buffer.compare(read, large.snapshot)).toBe(0)
  })

  test('whole rings and snapshots are kept of the published version and the one before', async () => {
    await using store = await open()
    const versions = Array.from({ length: 5 }, (_, i) => (i % 2 === 0 ? together : apart('ring_b')))

    for (const { publication } of publicationsOf(versions)) await store.publish(publication)

    expect(await cells('MATCH (s:Snapshot) RETURN s.version AS version ORDER BY version')).toEqual([4, 5])
    expect(
      await cells(
        'MATCH (c:RingChange {ring: "ring_a"}) WHERE c.state IS NOT NULL RETURN c.version AS version ORDER BY version',
      ),
    ).toEqual([4, 5])
  })

  test('the graph shows which ring came from another, and which went into another', async () => {
    await using store = await open()
    const fromA = second.publication.changes.map((change) =>
      change.kind === 'born' ? { ...change, parent: 'ring_a' } : change,
    )

    await store.publish(first.publication)
    await store.publish({ ...second.publication, changes: fromA })
    await store.publish(third.publication)

    expect(
      await cells(
        'MATCH (x:Ring)-[r]->(y:Ring) RETURN x.id + " " + type(r) + " " + y.id AS tie ORDER BY tie',
      ),
    ).toEqual(['ring_b MERGED_INTO ring_a', 'ring_b SPLIT_FROM ring_a'])
  })

  test('while another process holds the publication no step of a publish is made', async () => {
    await using store = await open()
    const claim = await store.claim()
    const rows = () => cells('MATCH (n:RingChange|Snapshot) RETURN count(n) AS rows')

    const meanwhile = await withDriver(async (driver) => {
      const session = driver.session()
      const holding = session.beginTransaction()
      await holding.run(server.hold.text, { name: 'publication' })
      const publishing = store.publish(first.publication, claim)
      await new Promise((resolve) => setTimeout(resolve, 500))
      const seen = await rows()
      await holding.rollback()
      await publishing
      await session.close()
      return seen
    })

    expect(meanwhile).toEqual([0])
    expect(await rows()).toEqual([2])
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
