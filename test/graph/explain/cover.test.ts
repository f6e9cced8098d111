import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { decisiveTies } from '../../../graph/explain/cover.ts'
import type { RingTie } from '../../../graph/explain/ring-ties.ts'

describe('decisive identifiers', () => {
  const tie = (ref: string, members: readonly string[]): RingTie => ({
    kind: 'device',
    ref,
    mask: '',
    countsAs: 'device',
    accounts: members.length,
    members,
    evidence: 1,
    share: 0.1,
  })
  const sets = fc.uniqueArray(
    fc.record({
      ref: fc.string({ minLength: 1, maxLength: 3 }),
      members: fc.uniqueArray(fc.nat(14), { minLength: 1 }),
    }),
    { selector: ({ ref }) => ref, minLength: 1, maxLength: 9 },
  )

  test('cover at least 67 % of what the best five would, each adding somebody', () => {
    fc.assert(
      fc.property(sets, (rows) => {
        const ties = rows.map(({ ref, members }) => tie(ref, members.map(String).toSorted()))
        const coverOf = (some: readonly RingTie[]) => new Set(some.flatMap(({ members }) => members)).size
        const chosen = decisiveTies(ties)

        const best = Math.max(...choices(ties, 5).map(coverOf))
        expect(chosen.length).toBeLessThanOrEqual(5)
        expect(coverOf(chosen)).toBeGreaterThanOrEqual((1 - (1 - 1 / 5) ** 5) * best)
        expect(chosen.reduce((sum, { adds }) => sum + adds, 0)).toBe(coverOf(chosen))
        expect(chosen.every(({ adds }) => adds > 0)).toBe(true)
      }),
    )
  })
})

/** All ways to take at most so many. */
function choices<T>(all: readonly T[], most: number): readonly (readonly T[])[] {
  const [first, ...rest] = all
  if (first === undefined || most === 0) return [[]]
  return [...choices(rest, most), ...choices(rest, most - 1).map((some) => [first, ...some])]
}
