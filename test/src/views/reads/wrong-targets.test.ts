import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { wrongBetween } from '../../../../src/views/reads/wrong-targets.ts'

/** By every way it can come out. */
function chancesOf(chances: readonly number[]): readonly number[] {
  const counts = new Array<number>(chances.length + 1).fill(0)
  for (let way = 0; way < 2 ** chances.length; way++) {
    const [wrong, p] = chances.reduce(
      ([k, product], chance, i) => (way & (1 << i) ? [k + 1, product * chance] : [k, product * (1 - chance)]),
      [0, 1] as readonly [number, number],
    )
    counts[wrong] = (counts[wrong] ?? 0) + p
  }
  return counts
}

test('no more than one in forty lies below, and none above', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(0, 0.01, 0.3, 0.5, 0.99), { maxLength: 9 }), (chances) => {
      const { low, high } = wrongBetween(chances)
      const counts = chancesOf(chances)
      const sum = (from: number, to: number) => counts.slice(from, to).reduce((all, p) => all + p, 0)

      expect(low).toBeLessThanOrEqual(high)
      expect(sum(0, low)).toBeLessThanOrEqual(0.025 + 1e-9)
      expect(sum(0, low + 1)).toBeGreaterThan(0.025 - 1e-9)
      expect(sum(high + 1, counts.length)).toBeLessThanOrEqual(0.025 + 1e-9)
    }),
  )
})

test('of many the approximation is near, and nothing is out of bounds', () => {
  const few = wrongBetween(new Array<number>(400).fill(0.1))
  const many = wrongBetween(new Array<number>(401).fill(0.1))

  expect(Math.abs(few.low - many.low)).toBeLessThanOrEqual(2)
  expect(Math.abs(few.high - many.high)).toBeLessThanOrEqual(2)
  expect(wrongBetween(new Array<number>(1_000).fill(0))).toEqual({ low: 0, high: 0 })
})
