import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { areaUnderCurve, averagePrecision } from '../../../range/metrics/average-precision.ts'
import { comparePairs, median, ringEstimates, worldEstimate } from '../../../range/metrics/intervals.ts'
import type { RingTally } from '../../../range/metrics/ring-tallies.ts'
import { Random } from '../../../range/random.ts'

const tally = (overlap: number): RingTally => ({
  attack: 'farm',
  size: 4,
  overlap,
  both: 1,
  claimed: 2,
  real: 6,
  precisionSum: 4,
  recallSum: 4,
  parts: 1,
})
const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 })

test('the median has as many above as below', () => {
  fc.assert(
    fc.property(values, (numbers) => {
      const middle = median(numbers)

      expect(numbers.filter((one) => one < middle).length).toBeLessThanOrEqual(numbers.length / 2)
      expect(numbers.filter((one) => one > middle).length).toBeLessThanOrEqual(numbers.length / 2)
    }),
  )
  expect([median([]), median([4]), median([4, 1, 2]), median([1, 2, 4, 9])]).toEqual([0, 4, 2, 3])
})

describe('intervals', () => {
  test('hold the median and lie within the values', () => {
    fc.assert(
      fc.property(values, (numbers) => {
        const { median: middle, low, high } = worldEstimate(numbers, new Random(1, 'test'))

        expect(low).toBeLessThanOrEqual(middle)
        expect(high).toBeGreaterThanOrEqual(middle)
        expect(low).toBeGreaterThanOrEqual(Math.min(...numbers))
        expect(high).toBeLessThanOrEqual(Math.max(...numbers))
      }),
      { numRuns: 30 },
    )
  })

  test('over rings are those of a share: p = .5 of 100 lies between .4 and .6', () => {
    const rings = Array.from({ length: 100 }, (_, n) => tally(n % 2))
    const { recall50 } = ringEstimates([rings], new Random(1, 'test'))

    expect(recall50.median).toBe(0.5)
    expect(Math.abs(recall50.low - 0.4)).toBeLessThan(0.03)
    expect(Math.abs(recall50.high - 0.6)).toBeLessThan(0.03)
  })

  test('are narrow where all rings are alike', () => {
    expect(ringEstimates([[tally(1), tally(1)], [tally(1)]], new Random(1, 'test')).recall50).toEqual({
      median: 1,
      low: 1,
      high: 1,
    })
  })
})

describe('paired comparison', () => {
  test('counts worlds, and tosses every sign', () => {
    // All 16 patterns of four equal differences: two are as extreme as what was seen.
    expect(comparePairs([3, 3, 3, 3], [1, 1, 1, 1], new Random(1, 'test'))).toEqual({
      median: 2,
      low: 2,
      high: 2,
      above: 4,
      below: 0,
      p: 0.125,
    })
    expect(comparePairs([1, 2], [2, 1], new Random(1, 'test'))).toMatchObject({ above: 1, below: 1, p: 1 })
    expect(comparePairs([1], [1], new Random(1, 'test')).p).toBe(1)
  })

  test('of many worlds is by chance, and close', () => {
    const ours = Array.from({ length: 20 }, (_, n) => (n < 15 ? 1 : -1))

    // P(|binomial(20, .5) - 10| >= 5) = .0414
    expect(
      Math.abs(
        comparePairs(
          ours,
          ours.map(() => 0),
          new Random(1, 'test'),
        ).p - 0.0414,
      ),
    ).toBeLessThan(0.01)
  })
})

const ranked = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean()), {
  minLength: 1,
  maxLength: 25,
})

test('average precision is the precision at each answer, ties taken together', () => {
  fc.assert(
    fc.property(ranked, (rows) => {
      const answers = rows.map(([, answer]) => Number(answer))
      const scores = rows.map(([score]) => score)
      const positives = rows.filter(([, answer]) => answer)
      const slow = positives.map(([score]) => {
        const above = rows.filter(([other]) => other >= score)
        return above.filter(([, answer]) => answer).length / above.length
      })

      expect(averagePrecision({ scores, answers })).toBeCloseTo(
        slow.reduce((sum, one) => sum + one, 0) / Math.max(1, slow.length),
        9,
      )
    }),
  )
})

test('the area under the curve is the chance to rank right', () => {
  fc.assert(
    fc.property(ranked, (rows) => {
      const wins = rows.flatMap(([score, answer]) =>
        answer
          ? rows.flatMap(([other, isToo]) => (isToo ? [] : [score > other ? 1 : score === other ? 0.5 : 0]))
          : [],
      )
      const slow = wins.length === 0 ? 0.5 : wins.reduce((sum, one) => sum + one, 0) / wins.length

      expect(
        areaUnderCurve({
          scores: rows.map(([score]) => score),
          answers: rows.map(([, answer]) => Number(answer)),
        }),
      ).toBeCloseTo(slow, 9)
    }),
  )
})
