import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { mix, Random } from '../../range/random.ts'

const draws = (random: Random, count = 8) => Array.from({ length: count }, () => random.next())

test('the same seed and name draw the same, another seed or name draws otherwise', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.string(), fc.string(), (seed, other, name, stranger) => {
      fc.pre(seed !== other && name !== stranger)
      const drawn = draws(new Random(seed, name))

      expect(draws(new Random(seed, name))).toEqual(drawn)
      expect(draws(new Random(other, name))).not.toEqual(drawn)
      expect(draws(new Random(seed, stranger))).not.toEqual(drawn)
    }),
  )
})

test('draws spread evenly, within a stream and over the first draws of many', () => {
  const within = draws(new Random(1, 'one'), 20_000)
  const across = Array.from({ length: 20_000 }, (_, n) => new Random(1, `unit-${n}`).next())

  for (const values of [within, across]) {
    const bins = Array.from(
      { length: 10 },
      (_, bin) => values.filter((v) => Math.floor(v * 10) === bin).length,
    )
    // 2,000 a bin with a deviation of 42.
    for (const count of bins) expect(Math.abs(count - 2_000)).toBeLessThan(200)
  }
})

test('whole numbers reach both bounds and nothing beyond', () => {
  const random = new Random(3, 'int')
  const drawn = new Set(Array.from({ length: 500 }, () => random.int(5, 9)))

  expect([...drawn].toSorted((a, b) => a - b)).toEqual([5, 6, 7, 8, 9])
})

test('chance, weights, exponential and lognormal keep their averages', () => {
  const random = new Random(4, 'averages')
  const many = <T>(draw: () => T) => Array.from({ length: 20_000 }, draw)
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

  expect(mean(many(() => Number(random.chance(0.3))))).toBeCloseTo(0.3, 1)
  expect(
    mean(
      many(() =>
        random.weighted([
          [1, 1],
          [0, 3],
        ] as const),
      ),
    ),
  ).toBeCloseTo(0.25, 1)
  expect(mean(many(() => random.exponential(7))) / 7).toBeCloseTo(1, 1)
  expect(many(() => random.lognormal(50, 0.8)).toSorted((a, b) => a - b)[10_000]! / 50).toBeCloseTo(1, 1)
})

test('a shuffle keeps what it was given and leaves the list as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (list, seed) => {
      const before = [...list]
      const shuffled = new Random(seed, 'shuffle').shuffle(list)

      expect(shuffled.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b))
      expect(list).toEqual(before)
    }),
  )
})

test('words are twelve letters, any of them at any place, and do not repeat', () => {
  const words = Array.from({ length: 200 }, (_, n) => new Random(9, `w${n}`)).flatMap((random) =>
    Array.from({ length: 100 }, () => random.word()),
  )

  expect(words.every((word) => /^[a-z]{12}$/.test(word))).toBe(true)
  expect(new Set(words).size).toBe(words.length)
  for (let place = 0; place < 12; place += 1)
    expect(new Set(words.map((word) => word.charAt(place))).size).toBe(26)
})

test('picking from nothing is refused', () => {
  expect(() => new Random(1, 'x').pick([])).toThrow(RangeError)
  expect(() => new Random(1, 'x').weighted([])).toThrow(RangeError)
})

test('mixing two numbers is a rule and not a draw', () => {
  expect(mix(1, 2)).toBe(mix(1, 2))
  expect(new Set(Array.from({ length: 1_000 }, (_, n) => mix(7, n))).size).toBe(1_000)
})
