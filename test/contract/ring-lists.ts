/** What lists of rings are made of says for many rings what is said for one. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ringSets, runsFor } from '../support/core/arbitraries.ts'
import { publicationsOf, publishAll } from '../support/core/publications.ts'
import type { OpenStore } from './open-store.ts'

const names = ['ring_c', 'ring_a', 'ring_q', 'ring_d', 'ring_b', 'ring_a']

export function ringListContract(open: OpenStore): void {
  test('many rings, their risks, steps and times are what is told of each alone', async () => {
    await fc.assert(
      fc.asyncProperty(ringSets, fc.integer({ min: 1_000, max: 1_006 }), async (sets, since) => {
        await using store = await open()
        const all = publicationsOf(sets)
        await publishAll(store, all)
        const versions = all.map(({ publication }) => publication.run.version)
        const asked = names.flatMap((ring) => [...versions, 99].map((version) => ({ ring, version })))
        const changes = all.flatMap(({ publication }) => publication.changes)

        const after = (version: number) => all[Math.min(version, all.length) - 1]?.rings
        expect(await store.ringsOf(names)).toEqual(names.flatMap((id) => after(99)?.get(id) ?? []))
        expect(await store.risksAt(asked)).toEqual(
          asked.map(({ ring, version }) => after(version)?.get(ring)?.head.risk),
        )
        expect(await store.steps(names, { since })).toEqual(
          changes
            .filter(({ ring, asOf = -1 }) => names.includes(ring) && asOf > since)
            .map(({ ring, version, asOf, joined, left }) => ({
              ring,
              version,
              asOf,
              joined: joined.length,
              left: left.length,
            }))
            .toSorted((x, y) => (x.ring < y.ring ? -1 : x.ring > y.ring ? 1 : x.version - y.version)),
        )
        expect(await store.runTimes([99, ...versions.toReversed()])).toEqual(
          all.map(({ publication: { run } }) => ({
            version: run.version,
            asOf: run.asOf,
            publishedAt: run.publishedAt,
          })),
        )
      }),
      runsFor(15),
    )
  })

  test('of no ring nothing is told', async () => {
    await using store = await open()

    expect(await store.ringsOf([])).toEqual([])
    expect(await store.risksAt([])).toEqual([])
    expect(await store.steps([], { since: 0 })).toEqual([])
    expect(await store.runTimes([])).toEqual([])
  })
}
