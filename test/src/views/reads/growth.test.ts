import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { RingChange } from '../../../../graph/ring.ts'
import { dayMs } from '../../../../graph/time.ts'
import { grownBy, growthView, readGrowth } from '../../../../src/views/reads/growth.ts'
import { ringSets, runsFor } from '../../../support/core/arbitraries.ts'
import { publicationsOf } from '../../../support/core/publications.ts'

/** A publish a day or more, from the change rows alone. */
const lives = fc
  .tuple(ringSets, fc.array(fc.nat(3), { minLength: 12, maxLength: 12 }))
  .map(([sets, gaps]) => {
    const all = publicationsOf(sets)
    let asOf = 0
    const rows = all.map(({ publication }, i) => {
      asOf += (gaps[i % gaps.length] ?? 0) * dayMs
      return publication.changes.map((change): RingChange => ({ ...change, asOf }))
    })
    return { rows: rows.flat(), asOf, rings: all.map(({ rings }) => rings) }
  })

const storeOf = (rows: readonly RingChange[]) => ({
  steps: async (rings: readonly string[], { since }: { since: number }) =>
    rows
      .filter(({ ring, asOf = 0 }) => rings.includes(ring) && asOf > since)
      .map(({ ring, version, asOf = 0, joined, left }) => ({
        ring,
        version,
        asOf,
        joined: joined.length,
        left: left.length,
      })),
})

test('is what a ring has more than it had before those days', async () => {
  await fc.assert(
    fc.asyncProperty(lives, fc.integer({ min: 1, max: 20 }), async ({ rows, asOf, rings }, days) => {
      const ids = [...(rings.at(-1)?.keys() ?? [])]
      const growth = await readGrowth(storeOf(rows), { asOf }, { days, rings: ids })
      const old = rows.filter((row) => (row.asOf ?? 0) <= asOf - days * dayMs)
      const last = old.reduce((newest, row) => Math.max(newest, row.version), 0)

      for (const [id, ring] of rings.at(-1) ?? []) {
        const before = rings[last - 1]?.get(id)?.members.length ?? 0
        const view = growthView(growth, ring)
        const week = growthView(await readGrowth(storeOf(rows), { asOf }, { days: 7, rings: ids }), ring)
        if (days >= 7) expect(view.week).toBe(week.joined - week.left)
        expect(grownBy(growth, id)).toBe(ring.members.length - before)
        expect(view.sizeBefore).toBe(before)
        expect(view.sizes.at(-1)?.size ?? before).toBe(ring.members.length)
        expect(view.sizes.map((step) => step.size)).toEqual(
          view.sizes.map((step) => rings[step.version - 1]?.get(id)?.members.length),
        )
      }
    }),
    runsFor(60),
  )
})
