/** Who looks after a ring: at once, whatever is published, through splits and merges, and in the feed at its place. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readFeed } from '../../graph/feed/read.ts'
import { type FoundRing, ringStatuses } from '../../graph/ring.ts'
import { heirsOf } from '../../graph/rings/lineage/heirs.ts'
import { ringSets, runsFor } from '../support/core/arbitraries.ts'
import { publicationsOf, publishAll } from '../support/core/publications.ts'
import type { ContractStore, OpenStore } from './open-store.ts'

const ringOf = (accounts: readonly string[], risk = 0.5): FoundRing => ({
  head: { class: 'uncertain', risk, firstSeen: 1, lastSeen: 2, topEvidence: [], reasons: [] },
  members: accounts.map((account) => ({
    account,
    role: 'core',
    membership: 1,
    risk,
    compromise: 0,
    flagged: false,
    reasons: [],
  })),
})

let given = 0
const give = (store: ContractStore, ring: string, owner: string | undefined, at = 5) =>
  store.assign({ id: `asg_${(given += 1)}`, ring, ...(owner !== undefined && { owner }), by: 'eve', at })

const ownersOf = async (store: ContractStore): Promise<ReadonlyMap<string, string>> => {
  const rings = (await Promise.all(ringStatuses.map((status) => store.rings({ status })))).flat()
  return new Map(rings.flatMap(({ id, owner }) => (owner ? [[id, owner.name] as const] : [])))
}

export function ownerContract(open: OpenStore): void {
  test('an owner is there at once, in every version, list and filter, until there is another or none', async () => {
    await using store = await open()
    const one = new Map([
      ['ring_a', ringOf(['ada', 'bob'], 0.9)],
      ['ring_b', ringOf(['cyd', 'dan'], 0.8)],
      ['ring_c', ringOf(['eve', 'fay'], 0.7)],
    ])
    await publishAll(store, publicationsOf([one, new Map([...one, ['ring_a', ringOf(['ada'], 0.9)]])]))

    expect(await give(store, 'ring_a', 'kim', 7)).toBe(true)
    expect(await give(store, 'ring_b', 'ola')).toBe(true)
    expect(await give(store, 'ring_a', 'kim', 9)).toBe(false)

    const owner = { name: 'kim', since: 7 }
    expect((await store.ring('ring_a'))?.owner).toEqual(owner)
    expect((await store.ring('ring_a', { version: 1 }))?.owner).toEqual(owner)
    const idsOf = async (filter: object) => (await store.rings(filter)).map(({ id }) => id)
    expect(await idsOf({ owner: 'kim' })).toEqual(['ring_a'])
    expect(await idsOf({ owner: 'kim', minRisk: 0.95 })).toEqual([])
    expect(await idsOf({ isOwned: true })).toEqual(['ring_a', 'ring_b'])
    expect(await idsOf({ isOwned: true, limit: 1 })).toEqual(['ring_a'])
    expect(await idsOf({ isOwned: false })).toEqual(['ring_c'])
    expect(await give(store, 'ring_a', undefined)).toBe(true)
    expect(await give(store, 'ring_a', undefined)).toBe(false)
    expect(await store.ring('ring_a')).not.toHaveProperty('owner')
    await expect(give(store, 'ring_z', 'kim')).rejects.toMatchObject({ code: 'ring_not_found' })
  })

  test('each assignment is told once in the feed, and in the audit if somebody made it', async () => {
    await using store = await open()
    await publishAll(store, publicationsOf([new Map([['ring_a', ringOf(['ada', 'bob'])]])]))

    await give(store, 'ring_a', 'kim', 7)
    await give(store, 'ring_a', 'kim', 8)
    await give(store, 'ring_a', undefined, 9)

    expect((await readFeed(store, { ring: 'ring_a', limit: 9 })).slice(1)).toMatchObject([
      { place: { version: 1, note: 1 }, assigned: { ring: 'ring_a', owner: 'kim', by: 'eve', at: 7 } },
      { place: { version: 1, note: 2 }, assigned: { ring: 'ring_a', by: 'eve', at: 9 } },
    ])
    expect(await readFeed(store, { ring: 'ring_b', limit: 9 })).toEqual([])
    expect(
      (await store.audit({ limit: 9 })).filter(({ action }) => action === 'ring.assigned'),
    ).toMatchObject([
      { by: 'eve', at: 7, subject: expect.stringMatching(/^ring_a asg_/) },
      { by: 'eve', at: 9 },
    ])
  })

  describe('through publishes', () => {
    test('it goes on with the parts of a ring, and with what absorbs it, unless that has an owner', async () => {
      await using store = await open()
      const [first, ...later] = publicationsOf([
        new Map([
          ['ring_a', ringOf(['ada', 'bob', 'cyd', 'dan'])],
          ['ring_b', ringOf(['eve', 'fay'])],
        ]),
        new Map([
          ['ring_a', ringOf(['ada', 'bob'])],
          ['ring_b', ringOf(['eve', 'fay'])],
          ['ring_part', ringOf(['cyd', 'dan'])],
        ]),
        new Map([['ring_all', ringOf(['ada', 'bob', 'cyd', 'dan', 'eve', 'fay'])]]),
      ])
      await publishAll(store, first ? [first] : [])
      await give(store, 'ring_a', 'kim')
      await publishAll(store, later.slice(0, 1))
      expect((await store.ring('ring_part'))?.owner).toEqual({ name: 'kim', since: 2_002 })
      await give(store, 'ring_part', 'ola')

      await publishAll(store, later.slice(1))

      expect((await store.ring('ring_all'))?.owner?.name).toBe('kim')
      const feed = await readFeed(store, { limit: 99 })
      expect(feed.flatMap((item) => ('assigned' in item ? item.assigned : []))).toMatchObject([
        { ring: 'ring_a', owner: 'kim', by: 'eve', version: 1, note: 1 },
        { ring: 'ring_part', owner: 'kim', by: 'detection', from: 'ring_a', version: 2, note: 2 },
        { ring: 'ring_part', owner: 'ola', by: 'eve', version: 2, note: 3 },
        { ring: 'ring_all', owner: 'kim', by: 'detection', version: 3, note: 4 },
      ])
    })

    test('no publish takes an owner away, or writes one into what was published', async () => {
      const gifts = fc.infiniteStream(
        fc.array(fc.tuple(fc.nat(), fc.constantFrom('kim', 'ola', undefined)), { maxLength: 3 }),
      )
      await fc.assert(
        fc.asyncProperty(ringSets, gifts, async (sets, presents) => {
          await using store = await open()
          let expected = new Map<string, string>()

          for (const { publication, rings } of publicationsOf(sets)) {
            await store.publish(publication)
            for (const { ring, from } of heirsOf(publication.changes)) {
              const owner = expected.get(from)
              if (owner !== undefined && !expected.has(ring)) expected.set(ring, owner)
            }
            const ids = [...rings.keys()].toSorted()
            const { value } = presents.next() as IteratorYieldResult<[number, string | undefined][]>
            for (const [place, owner] of ids.length === 0 ? [] : value) {
              const id = ids[place % ids.length] ?? ''
              await give(store, id, owner)
              expected = new Map(expected)
              if (owner === undefined) expected.delete(id)
              else expected.set(id, owner)
            }
            expect(await ownersOf(store)).toEqual(expected)
          }
        }),
        runsFor(10),
      )
    })
  })
}
