/** Watched identifiers: who comes with one is noted as events are joined, once, and in the feed at its place. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type FeedPlace, placeText } from '../../graph/feed/place.ts'
import { type FeedItem, itemAt, readFeed } from '../../graph/feed/read.ts'
import type { StoredEvent } from '../../graph/model.ts'
import type { NotedHit, Tripwire } from '../../graph/tripwires/tripwire.ts'
import { ringSets, runsFor } from '../support/core/arbitraries.ts'
import { eventOf, noon, seen } from '../support/core/events.ts'
import { publicationsOf } from '../support/core/publications.ts'
import type { ContractStore, OpenStore } from './open-store.ts'

const wire = (more: Partial<Tripwire> = {}): Tripwire => ({
  id: 'trip_1',
  ring: 'ring_a',
  author: 'eve',
  reason: 'confirmed',
  at: 5,
  spared: ['ada'],
  identifiers: [{ kind: 'device', ref: 'd1', mask: '' }],
  unwired: [{ kind: 'ip', why: 'household', identifiers: 2 }],
  ...more,
})

let sent = 0
const comes = (account: string, ref: string, more: Partial<StoredEvent> = {}): StoredEvent =>
  eventOf({ id: `e${(sent += 1)}`, account, identifiers: [seen('device', ref)], ...more })

const hitsOf = async (store: ContractStore): Promise<readonly NotedHit[]> =>
  (await store.notes({ limit: 99 })).flatMap((note) => ('tripwire' in note ? note : []))

const told = async (store: ContractStore) =>
  (await hitsOf(store)).map(({ tripwire, account, ref, version, note }) => [
    tripwire,
    account,
    ref,
    version,
    note,
  ])

export function tripwireContract(open: OpenStore): void {
  test('tripwires come back as they were saved last, when they are not those one knows', async () => {
    await using store = await open()
    const none = await store.tripwires()
    await store.saveTripwire(wire({ id: 'trip_2' }))
    await store.saveTripwire(wire())
    const first = await store.tripwires()
    await store.saveTripwire(wire({ disarmedAt: 9 }))
    const second = await store.tripwires({ unless: first?.changes ?? 0 })

    expect(none).toEqual({ changes: 0, tripwires: [] })
    expect(first?.tripwires).toEqual([wire(), wire({ id: 'trip_2' })])
    expect(second?.tripwires).toEqual([wire({ disarmedAt: 9 }), wire({ id: 'trip_2' })])
    expect(await store.tripwires({ unless: second?.changes ?? 0 })).toBeUndefined()
  })

  test('who comes with a watched identifier is noted once; those of the ring, and others’ choices, are not', async () => {
    await using store = await open()
    await store.record([comes('early', 'd1')])
    await store.saveTripwire(wire())

    await store.record([comes('ada', 'd1'), comes('bob', 'd2'), comes('cem', 'd1', { type: 'login_failed' })])
    await store.record([comes('dora', 'd1'), comes('dora', 'd1'), comes('early', 'd1')])
    await store.record([comes('dora', 'd1')])
    await store.saveTripwire(wire({ disarmedAt: 9 }))
    await store.record([comes('fay', 'd1')])

    expect((await hitsOf(store)).map(({ account }) => account).toSorted()).toEqual(['dora', 'early'])
    expect((await hitsOf(store))[0]).toMatchObject({
      tripwire: 'trip_1',
      ring: 'ring_a',
      kind: 'device',
      ref: 'd1',
    })
  })

  test('what happens once the verdict has expired trips nothing', async () => {
    await using store = await open()
    await store.saveTripwire(wire({ expiresAt: noon + 5 }))

    await store.record([comes('late', 'd1', { at: noon + 5 }), comes('dora', 'd1', { at: noon + 4 })])

    expect((await store.tripwires())?.tripwires).toEqual([wire({ expiresAt: noon + 5 })])
    expect((await hitsOf(store)).map(({ account }) => account)).toEqual(['dora'])
  })

  test('an account that is in the ring by now trips nothing', async () => {
    await using store = await open()
    const member = {
      role: 'core' as const,
      membership: 1,
      risk: 0.5,
      compromise: 0,
      flagged: false,
      reasons: [],
    }
    const head = {
      class: 'uncertain' as const,
      risk: 0.5,
      firstSeen: 1,
      lastSeen: 2,
      topEvidence: [],
      reasons: [],
    }
    const members = ['bob', 'new'].map((account) => ({ account, ...member }))
    await store.record([comes('bob', 'd9'), comes('new', 'd9')])
    for (const { publication } of publicationsOf([new Map([['ring_a', { head, members }]])]))
      await store.publish(publication)
    await store.saveTripwire(wire())

    await store.record([comes('new', 'd1'), comes('other', 'd1')])

    expect(await told(store)).toEqual([['trip_1', 'other', 'd1', 1, 1]])
  })

  test('a follower of the feed hears every change and every hit once, in an order that never changes', async () => {
    const names = fc.array(fc.constantFrom('bob', 'cem', 'dora', 'eve', 'fay'), { maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(
        ringSets,
        fc.infiniteStream(names),
        fc.integer({ min: 1, max: 3 }),
        async (sets, comers, limit) => {
          await using store = await open()
          const all = publicationsOf(sets)
          await store.saveTripwire(wire({ id: 'trip_2', ring: 'ring_none', spared: [] }))
          const heard: FeedItem[] = []

          for (const [i, { publication }] of all.entries()) {
            await store.publish(publication)
            const { value } = comers.next() as IteratorYieldResult<string[]>
            await store.record(value.map((account) => comes(account, 'd1')))
            if (i % 2 === 0 || i === all.length - 1) await follow(store, heard, limit)
          }

          const changes = all.flatMap(({ publication }) => publication.changes)
          expect(heard.flatMap((item) => ('change' in item ? item.change : []))).toEqual(changes)
          expect(heard.flatMap((item) => ('hit' in item ? item.hit : []))).toEqual(await hitsOf(store))
          expect(await readFeed(store, { limit: 999 })).toEqual(heard)
          for (const item of heard) expect(await itemAt(store, item.place)).toEqual(item)
          const end = await store.feedEnd()
          expect(end.version).toBe(all.length)
          expect(await readFeed(store, { after: end, limit: 9 })).toEqual([])
        },
      ),
      runsFor(12),
    )
  })

  test('the feed of one ring tells of its changes and of who came with its identifiers', async () => {
    await using store = await open()
    await store.saveTripwire(wire())
    await store.saveTripwire(wire({ id: 'trip_2', ring: 'ring_b' }))
    await store.record([comes('bob', 'd1')])

    const own = await readFeed(store, { ring: 'ring_b', limit: 9 })

    expect(own.map(({ place }) => placeText(place))).toEqual(['0~2'])
    expect(own).toMatchObject([{ hit: { tripwire: 'trip_2', ring: 'ring_b', account: 'bob' } }])
  })
}

async function follow(store: ContractStore, heard: FeedItem[], limit: number): Promise<void> {
  for (;;) {
    const after: FeedPlace | undefined = heard.at(-1)?.place
    const items = await readFeed(store, { after, limit })
    if (items.length === 0) return
    heard.push(...items)
  }
}
