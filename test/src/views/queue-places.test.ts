/** Places in the queue are those of the queue, and all rings are read once for as long as nothing changes. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Decision, Ring } from '../../../graph/ring.ts'
import { queuePlaces, readQueue } from '../../../src/views/queue.ts'
import { foundRing } from '../../support/core/arbitraries.ts'
import { runOf } from '../../support/core/publications.ts'

const rings = fc
  .array(foundRing, { maxLength: 8 })
  .map((found) =>
    found.map(
      (ring, i): Ring => ({ ...ring, id: `ring_${i}`, status: 'active', bornVersion: 1, version: 1 }),
    ),
  )

const verdictOn = (ring: string, number: number): Decision => ({
  id: `dec_${number}`,
  ring,
  ringVersion: 1,
  class: 'uncertain',
  core: [],
  verdict: 'benign',
  author: 'ada',
  reason: 'r',
  at: number,
})

/** A store of rings that counts how often they are read. */
function storeOf(all: readonly Ring[]) {
  const now = { all, decisions: [] as Decision[], run: runOf(1), reads: 0 }
  const store = {
    published: async () => now.run,
    decisions: async () => now.decisions,
    async rings({ class: name }: { class?: string }) {
      now.reads += 1
      return now.all.filter(({ head }) => head.class === name)
    },
  }
  return { now, store }
}

test('they are the queue’s, after every publish and decision', async () => {
  await fc.assert(
    fc.asyncProperty(rings, rings, async (first, second) => {
      const { now, store } = storeOf(first)
      const placesIn = queuePlaces()
      const check = async () => {
        const queue = await readQueue(store)
        expect([...(await placesIn(store))]).toEqual(queue.map(({ ring }, i) => [ring.id, i + 1]))
      }

      await check()
      now.decisions.push(verdictOn('ring_0', 1))
      await check()
      now.decisions = now.decisions.map((one) => ({ ...one, retractedAt: 2 }))
      await check()
      now.all = second
      now.run = runOf(2)
      await check()
    }),
  )
})

test('rings are read again only when something changed', async () => {
  const { now, store } = storeOf([])
  const placesIn = queuePlaces()

  await Promise.all([placesIn(store), placesIn(store)])
  const once = now.reads
  for (let i = 0; i < 10; i++) await placesIn(store)
  const later = now.reads
  now.run = runOf(2)
  await placesIn(store)

  expect([once > 0, later, now.reads]).toEqual([true, once, once * 2])
})

test('a reading that failed is not remembered', async () => {
  const { store } = storeOf([])
  const placesIn = queuePlaces()
  const away = { ...store, rings: () => Promise.reject(new Error('away')) }

  await expect(placesIn(away)).rejects.toThrow('away')
  expect([...(await placesIn(store))]).toEqual([])
})
