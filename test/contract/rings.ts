/** Published rings: one step at a time, whole, and every version of them for ever. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ChangeCursor, LinkStore, RingFilter } from '../../graph/ports.ts'
import { type FoundRing, type Ring, type RingChange, ringClasses, ringStatuses } from '../../graph/ring.ts'
import { allPages } from '../support/collect.ts'
import { ringSets, runsFor } from '../support/core/arbitraries.ts'
import { type Published, publicationOf, publicationsOf, publishAll } from '../support/core/publications.ts'
import { kinContract } from './kin.ts'
import type { OpenStore } from './open-store.ts'
import { ringListContract } from './ring-lists.ts'

export function ringContract(open: OpenStore): void {
  describe('publishing', () => publishContract(open))
  describe('reading', () => readContract(open))
  describe('history', () => historyContract(open))
  describe('kin', () => kinContract(open))
  describe('lists', () => ringListContract(open))
}

const ringOf = (accounts: readonly string[], head: Partial<FoundRing['head']> = {}): FoundRing => ({
  head: { class: 'uncertain', risk: 0.5, firstSeen: 1, lastSeen: 2, topEvidence: [], reasons: [], ...head },
  members: accounts.map((account) => ({
    account,
    role: 'core',
    membership: 1,
    risk: 0.5,
    compromise: 0,
    flagged: true,
    reasons: [{ code: 'shares_identifier', kind: 'device', count: 2, share: 0.5 }],
  })),
})

/** Ring a grows, then is absorbed by b; c dissolves and comes back. */
const life = publicationsOf([
  new Map([
    ['ring_a', ringOf(['ada', 'bob'])],
    ['ring_c', ringOf(['cyd', 'dan'])],
  ]),
  new Map([['ring_a', ringOf(['ada', 'bob', 'eve'], { class: 'fraud_ring', risk: 0.9 })]]),
  new Map([
    ['ring_b', ringOf(['ada', 'bob', 'eve', 'fay'])],
    ['ring_c', ringOf(['cyd', 'gil'])],
  ]),
])

/** All that readers can see of what is published. */
const visible = async (store: LinkStore) => ({
  run: await store.published(),
  rings: (await Promise.all(ringStatuses.map((status) => store.rings({ status })))).flat(),
  changes: await store.changes({ limit: 1_000 }),
  snapshot: await store.snapshot(),
})

/** What they must see after a publication that followed these. */
function expectedAfter(all: readonly Published[]) {
  const last = all.at(-1)
  return {
    run: last?.publication.run,
    rings: ringStatuses.flatMap((status) => matching(last, { status })),
    changes: all.flatMap(({ publication }) => publication.changes),
    snapshot: last && { version: last.publication.run.version, bytes: last.publication.snapshot },
  }
}

/** The filter, said a second time. */
function matching(published: Published | undefined, filter: RingFilter): readonly Ring[] {
  const { status = 'active', minRisk = 0, minSize = 0, changedSince = 0, endedSince } = filter
  return [...(published?.rings.values() ?? [])]
    .filter((ring) => ring.status === status && (filter.class ?? ring.head.class) === ring.head.class)
    .filter(
      ({ head, members, version }) =>
        head.risk >= minRisk && members.length >= minSize && version > changedSince,
    )
    .filter(({ ended }) => endedSince === undefined || (ended && ended.at >= endedSince))
    .toSorted((a, b) => b.head.risk - a.head.risk || (a.id < b.id ? -1 : 1))
}

function publishContract(open: OpenStore): void {
  test('nothing is published at first', async () => {
    await using store = await open()

    const seen = await visible(store)

    expect(seen).toEqual(expectedAfter([]))
    expect(await store.ring('ring_a')).toBeUndefined()
    expect(await store.ring('ring_a', { version: 1 })).toBeUndefined()
  })

  test('each publish follows the last, and readers see all of it', async () => {
    await using store = await open()

    for (const [i, { publication }] of life.entries()) {
      await store.publish(publication)

      expect(await visible(store)).toEqual(expectedAfter(life.slice(0, i + 1)))
    }
  })

  test.each([0, 1, 2, 4, 5])('of version %i after version 2 nothing becomes visible', async (version) => {
    await using store = await open()
    await publishAll(store, life.slice(0, 2))
    const wrong = publicationOf(life[1]?.rings ?? new Map(), new Map([['ring_x', ringOf(['xia'])]]), version)

    const publishing = store.publish(wrong.publication)

    await expect(publishing).rejects.toMatchObject({ code: 'publish_conflict' })
    expect(await visible(store)).toEqual(expectedAfter(life.slice(0, 2)))
    expect(await store.ring('ring_x')).toBeUndefined()
  })

  test('of two that publish the same version at once one wins, wholly', async () => {
    await using store = await open()
    const rivals = ['ring_x', 'ring_y'].map((id) =>
      publicationOf(new Map(), new Map([[id, ringOf([id])]]), 1),
    )

    const outcomes = await Promise.allSettled(rivals.map(({ publication }) => store.publish(publication)))

    const won = rivals.filter((_, i) => outcomes[i]?.status === 'fulfilled')
    expect(won).toHaveLength(1)
    expect(await visible(store)).toEqual(expectedAfter(won))
  })

  test('a first publish is version 1, not another', async () => {
    await using store = await open()

    const publishing = store.publish(publicationOf(new Map(), new Map(), 2).publication)

    await expect(publishing).rejects.toMatchObject({ code: 'publish_conflict' })
    expect(await visible(store)).toEqual(expectedAfter([]))
  })

  test('the state does not notice a publish', async () => {
    await using store = await open()
    const before = [await store.digest(), await store.progress()]

    await publishAll(store, life)

    expect([await store.digest(), await store.progress()]).toEqual(before)
  })
}

function readContract(open: OpenStore): void {
  test('absorbed and dissolved rings are found by id', async () => {
    await using store = await open()
    await publishAll(store, life)

    expect(await store.ring('ring_a')).toMatchObject({
      status: 'merged',
      movedTo: 'ring_b',
      version: 3,
      members: [],
    })
    expect(await store.ring('ring_c', { version: 2 })).toMatchObject({
      status: 'dissolved',
      version: 2,
      members: [],
    })
    expect(await store.ring('ring_b')).toMatchObject({ status: 'active', bornVersion: 3, version: 3 })
    expect(await store.ring('ring_c')).toMatchObject({ status: 'active', bornVersion: 1, version: 3 })
    expect(await store.ring('ring_q')).toBeUndefined()
  })

  const filter: fc.Arbitrary<RingFilter> = fc.record(
    {
      status: fc.constantFrom(...ringStatuses),
      class: fc.constantFrom(...ringClasses),
      minRisk: fc.constantFrom(0, 0.000001, 0.5, 1),
      minSize: fc.integer({ min: 0, max: 4 }),
      changedSince: fc.integer({ min: 0, max: 5 }),
      endedSince: fc.integer({ min: 1_000, max: 1_006 }),
    },
    { requiredKeys: [] },
  )

  test('filters leave out what does not fit; without a status only active rings are listed', async () => {
    await fc.assert(
      fc.asyncProperty(
        ringSets,
        fc.array(filter, { minLength: 20, maxLength: 20 }),
        async (sets, filters) => {
          await using store = await open()
          const all = publicationsOf(sets)
          await publishAll(store, all)

          for (const one of [{}, ...filters]) {
            expect(await store.rings(one)).toEqual(matching(all.at(-1), one))
          }
        },
      ),
      runsFor(25),
    )
  })

  test.each([1, 2, 3, 7])('pages of %i hold every ring once, by risk, then id', async (limit) => {
    await using store = await open()
    const risks = [0.5, 0.9, 0.5, 0.1, 0.5, 0.9, 0]
    const rings = new Map(risks.map((risk, i) => [`ring_${i}`, ringOf([`a${i}`], { risk })]))
    const published = publicationOf(new Map(), rings, 1)
    await store.publish(published.publication)

    const paged = await allPages<Ring>((last) =>
      store.rings({ limit, ...(last && { after: { risk: last.head.risk, id: last.id } }) }),
    )

    expect(paged).toEqual(matching(published, {}))
  })
}

function historyContract(open: OpenStore): void {
  test('any version of a ring can be rebuilt as it was published then', async () => {
    await fc.assert(
      fc.asyncProperty(ringSets, async (sets) => {
        await using store = await open()
        const all = publicationsOf(sets)
        await publishAll(store, all)

        const ids = [...(all.at(-1)?.rings.keys() ?? [])]
        for (const { publication, rings } of all) {
          const { version } = publication.run
          const rebuilt = await Promise.all(ids.map((id) => store.ring(id, { version })))
          expect(rebuilt).toEqual(ids.map((id) => rings.get(id)))
        }
        expect(await Promise.all(ids.map((id) => store.ring(id)))).toEqual(
          ids.map((id) => all.at(-1)?.rings.get(id)),
        )
      }),
      runsFor(25),
    )
  })

  test('a follower of the changes misses nothing and hears nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(ringSets, fc.integer({ min: 1, max: 3 }), async (sets, limit) => {
        await using store = await open()
        const all = publicationsOf(sets)
        const heard: RingChange[] = []

        for (const [i, { publication }] of all.entries()) {
          await store.publish(publication)
          // Every other time the follower sleeps, so that some pages span two publishes.
          if (i % 2 === 0 || i === all.length - 1) await follow(store, heard, limit)
        }

        expect(heard).toEqual(all.flatMap(({ publication }) => publication.changes))
      }),
      runsFor(20),
    )
  })

  test('the changes of one ring are its own', async () => {
    await using store = await open()
    await publishAll(store, life)

    const changes = await store.changes({ ring: 'ring_c', limit: 10 })
    const later = await store.changes({ ring: 'ring_c', after: { version: 1, ring: 'ring_c' }, limit: 1 })

    expect(changes.map(({ version, kind }) => [version, kind])).toEqual([
      [1, 'born'],
      [2, 'dissolved'],
      [3, 'revived'],
    ])
    expect(later).toEqual([changes[1]])
  })

  test('the newest snapshot is served, however many came before', async () => {
    await using store = await open()
    const empty = await store.snapshot()

    await publishAll(store, publicationsOf(Array.from({ length: 5 }, () => new Map())))

    const { version, bytes } = (await store.snapshot()) ?? {}
    expect(empty).toBeUndefined()
    expect([version, new TextDecoder().decode(bytes)]).toEqual([5, 'snapshot 5'])
  })
}

async function follow(store: LinkStore, heard: RingChange[], limit: number): Promise<void> {
  const known = heard.at(-1)
  const news = await allPages<RingChange>((last = known) => {
    const after: ChangeCursor | undefined = last && { version: last.version, ring: last.ring }
    return store.changes({ ...(after && { after }), limit })
  })
  heard.push(...news)
}
