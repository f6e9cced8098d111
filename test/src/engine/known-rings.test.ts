/** What the thread that publishes remembers of rings, against what a store says of them. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { tombstoneDays } from '../../../graph/rings/lineage/match.ts'
import { dayMs } from '../../../graph/time.ts'
import { type KnownReads, knownRingsIn, ringMemory } from '../../../src/engine/known-rings.ts'
import { activeOf } from '../../graph/rings/lineage/lives.ts'
import { publicationsOf, type RingSet } from '../../support/core/publications.ts'
import { openTempStore } from '../../support/stores/embedded.ts'

const foundRing = (risk: number, accounts: number) => ({
  head: { class: 'uncertain' as const, risk, firstSeen: 1, lastSeen: 2, topEvidence: [], reasons: [] },
  members: Array.from({ length: accounts }, (_, i) => ({
    account: `account ${i}`,
    role: 'core' as const,
    membership: 1,
    risk,
    compromise: 0,
    flagged: true,
    reasons: [],
  })),
})

/** Few ids, so that rings end and come back; few risks, so that they are told apart by id. */
const ringSet: fc.Arbitrary<RingSet> = fc
  .array(
    fc.tuple(fc.constantFrom('ring_a', 'ring_b', 'ring_c', 'ring_d'), fc.constantFrom(0.2, 0.5), fc.nat(3)),
    { maxLength: 4 },
  )
  .map((rings) => new Map(rings.map(([id, risk, accounts]) => [id, foundRing(risk, accounts + 1)])))

const neverRead: KnownReads = {
  rings: () => Promise.reject(new Error('what is remembered is read')),
}

test('rings that were published from here are known as the store knows them, without reading them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(ringSet, { minLength: 1, maxLength: 6 }), fc.nat(9), async (sets, later) => {
      await using store = await openTempStore()
      const memory = ringMemory()
      const asOf = tombstoneDays * dayMs + 1_000 + later
      for (const { publication, rings } of publicationsOf(sets)) {
        const last = await store.published()
        const known = await memory.known(last ? neverRead : store, { last, asOf: 0 })
        memory.made(publication.run, known, { rings: publication.rings, active: activeOf({ rings }) })
        await store.publish(publication)
      }

      const known = await memory.known(neverRead, { last: await store.published(), asOf })

      const read = await knownRingsIn(store, asOf)
      expect(known.active).toEqual(read.active)
      expect(new Set(known.ended)).toEqual(new Set(read.ended))
    }),
    { numRuns: 40 },
  )
})

test('what another process published by the same number is read', async () => {
  await using store = await openTempStore()
  const [mine] = publicationsOf([new Map([['ring_a', foundRing(0.5, 3)]])])
  const [theirs] = publicationsOf([new Map([['ring_b', foundRing(0.5, 3)]])])
  if (!mine || !theirs) throw new Error('no publications')
  const memory = ringMemory()
  memory.made(
    mine.publication.run,
    { active: [], ended: [] },
    { rings: mine.publication.rings, active: activeOf(mine) },
  )
  await store.publish({ ...theirs.publication, run: { ...theirs.publication.run, publishedAt: 7 } })

  const known = await memory.known(store, { last: await store.published(), asOf: 1_001 })

  expect(known.active.map(({ id }) => id)).toEqual(['ring_b'])
})
