import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { disjointSets } from '../../../graph/communities/disjoint-sets.ts'

/** Every one carries the least of its set, and a union renames all that carried the other name. */
function slowSets(count: number, pairs: readonly (readonly [number, number])[]): readonly number[] {
  const least = Array.from({ length: count }, (_, one) => one)
  for (const [a, b] of pairs) {
    const [one, other] = [least[a] ?? 0, least[b] ?? 0]
    least.forEach((name, at) => {
      if (name === one || name === other) least[at] = Math.min(one, other)
    })
  }
  return least
}

const unions = fc
  .integer({ min: 1, max: 40 })
  .chain((count) =>
    fc.tuple(fc.constant(count), fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 50 })),
  )

test('sets are those of a slow oracle after every union, each named by its least', () => {
  fc.assert(
    fc.property(unions, ([count, pairs]) => {
      const sets = disjointSets(count)

      pairs.forEach(([a, b], done) => {
        sets.unite(a, b)
        // Asked in between too, because asking shortens paths.
        expect(sets.rootOf(a)).toBe(slowSets(count, pairs.slice(0, done + 1))[a])
      })

      expect(Array.from({ length: count }, (_, one) => sets.rootOf(one))).toEqual(slowSets(count, pairs))
    }),
  )
})

test('sets do not depend on the order or direction of unions', () => {
  const both = unions.chain(([count, pairs]) =>
    fc.tuple(fc.constant(count), fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length })),
  )
  fc.assert(
    fc.property(both, ([count, pairs, shuffled]) => {
      const [one, other] = [disjointSets(count), disjointSets(count)]

      for (const [a, b] of pairs) one.unite(a, b)
      for (const [a, b] of shuffled) other.unite(b, a)

      for (let v = 0; v < count; v++) expect(other.rootOf(v)).toBe(one.rootOf(v))
    }),
  )
})

test('a long chain, united from its end, is one set', () => {
  const sets = disjointSets(100_000)

  for (let v = 99_999; v > 0; v--) sets.unite(v, v - 1)

  expect(sets.rootOf(99_999)).toBe(0)
})
