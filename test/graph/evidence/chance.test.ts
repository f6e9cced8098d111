import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { falseDiscoveryCut, poissonTail } from '../../../graph/evidence/chance.ts'
import { randomOf } from '../../support/random.ts'

/** Of the series of e^mean: all digits that matter, and many more. */
const digits = 420n

/** The tail in fixed point, a term at a time; `mean` in thousandths. */
function exactTail(meanThousandths: number, count: number): number {
  const mean = BigInt(meanThousandths)
  let term = 10n ** digits
  let all = 0n
  let tail = 0n
  for (let n = 0n; term > 0n; n++) {
    all += term
    if (n >= BigInt(count)) tail += term
    term = (term * mean) / (1_000n * (n + 1n))
  }
  return Number(`${(tail * 10n ** 330n) / all}e-330`)
}

const mean = fc.oneof(
  fc.integer({ min: 1, max: 500 }),
  fc.integer({ min: 1, max: 20_000 }),
  fc.integer({ min: 1, max: 400_000 }),
)
const count = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 500 }))

describe('the chance of a count', () => {
  test.each([0.001, 0.083, 0.5, 1, 3, 7.5, 15, 16, 17, 40, 150, 400])(
    'of mean %d equals the exact sum for every count',
    (chance) => {
      for (const n of [1, 2, 3, 4, 6, 10, 14, 15, 16, 17, 18, 25, 39, 40, 41, 60, 150, 151, 400, 450]) {
        const exact = exactTail(chance * 1_000, n)
        if (exact < 1e-300) continue

        expect(Math.abs(poissonTail(chance, n) / exact - 1)).toBeLessThan(1e-9)
      }
    },
  )

  test('equals the exact sum wherever it is asked', () => {
    fc.assert(
      fc.property(mean, count, (thousandths, n) => {
        const exact = exactTail(thousandths, n)
        fc.pre(exact > 1e-300)

        expect(Math.abs(poissonTail(thousandths / 1_000, n) / exact - 1)).toBeLessThan(1e-9)
      }),
      { numRuns: 300 },
    )
  })

  test('is certain for a count of none and impossible where nothing ever happens', () => {
    for (const any of [0, 0.1, 3, 500]) expect(poissonTail(any, 0)).toBe(1)
    for (const n of [1, 2, 50]) expect(poissonTail(0, n)).toBe(0)
  })

  test('falls as the count grows, rises with the mean, and is a probability', () => {
    // Where both sides are summed to nearly 1, they agree to the last digits only.
    const slack = 1 + 2e-9
    fc.assert(
      fc.property(mean, mean, count, (one, other, n) => {
        const [low, high] = [Math.min(one, other) / 1_000, Math.max(one, other) / 1_000]

        expect(poissonTail(low, n + 1)).toBeLessThanOrEqual(poissonTail(low, n) * slack)
        expect(poissonTail(low, n)).toBeLessThanOrEqual(poissonTail(high, n) * slack)
        expect(poissonTail(low, n)).toBeGreaterThanOrEqual(0)
        expect(poissonTail(high, n)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('of the worked example of the design: three arrivals at mean .083, and six', () => {
    expect(poissonTail(0.083, 3)).toBeCloseTo(9e-5, 6)
    expect(poissonTail(0.083, 6)).toBeGreaterThan(4e-10)
    expect(poissonTail(0.083, 6)).toBeLessThan(5e-10)
  })

  test('is finite for a mean that no computer can exponentiate', () => {
    expect(poissonTail(5_000, 5_000)).toBeCloseTo(0.5, 1)
    expect(poissonTail(5_000, 5_600)).toBeLessThan(1e-15)
    expect(poissonTail(5_000, 4_000)).toBeCloseTo(1, 9)
  })
})

/** Few distinct values, because ties are where ranks go wrong. */
const pValues = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 40 }).map((n) => n / 1_000),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ),
  { maxLength: 40 },
)

/** By definition: the largest p for which chance explains no more than the rate of those at or below it. */
const slowCut = (values: readonly number[], { tests, rate }: { tests: number; rate: number }): number =>
  Math.max(
    0,
    ...values.filter((p) => p <= (values.filter((other) => other <= p).length / Math.max(1, tests)) * rate),
  )

describe('the cut of false discoveries', () => {
  test('is what the definition says', () => {
    fc.assert(
      fc.property(pValues, fc.nat(60), fc.constantFrom(0.01, 0.05, 0.1, 0.5, 1), (values, unlisted, rate) => {
        const search = { tests: values.length + unlisted, rate }

        expect(falseDiscoveryCut(values, search)).toBe(slowCut(values, search))
      }),
      { numRuns: 500 },
    )
  })

  test('needs not be told of tests that chance explains, only how many there were', () => {
    fc.assert(
      fc.property(pValues, (values) => {
        const search = { tests: values.length, rate: 0.1 }
        const told = values.filter((p) => p <= search.rate)

        expect(falseDiscoveryCut(told, search)).toBe(falseDiscoveryCut(values, search))
      }),
    )
  })

  test('believes nothing of nothing', () => {
    expect(falseDiscoveryCut([], { tests: 0, rate: 0.01 })).toBe(0)
    expect(falseDiscoveryCut([0.5], { tests: 1, rate: 0.01 })).toBe(0)
    expect(falseDiscoveryCut([0.01], { tests: 0, rate: 0.01 })).toBe(0.01)
  })
})

/** Mean share of false ones among those believed over many worlds of `truths` real effects and some nulls. */
function falseShare(nullP: () => number, { truths, nulls }: { truths: number; nulls: number }): number {
  const runs = 4_000
  let sum = 0
  for (let run = 0; run < runs; run++) {
    const chance = Array.from({ length: nulls }, nullP)
    const cut = falseDiscoveryCut([...chance, ...Array.from({ length: truths }, () => 1e-9)], {
      tests: nulls + truths,
      rate: 0.1,
    })
    const wrong = chance.filter((p) => p <= cut).length
    sum += wrong === 0 ? 0 : wrong / (wrong + truths)
  }
  return sum / runs
}

describe('of all that is believed, the share that chance made', () => {
  test('is the rate, where there is nothing to find', () => {
    const share = falseShare(randomOf(7), { truths: 0, nulls: 50 })

    expect(share).toBeGreaterThan(0.08)
    expect(share).toBeLessThan(0.12)
  })

  test('is the rate times the share of nulls, where there is', () => {
    const share = falseShare(randomOf(8), { truths: 20, nulls: 80 })

    expect(share).toBeGreaterThan(0.074)
    expect(share).toBeLessThan(0.086)
  })

  test('is below the rate for counts, whose chances come in steps', () => {
    const random = randomOf(9)
    const means = [0.01, 0.08, 0.3, 1, 4]
    const nullP = (): number => {
      const chance = means[Math.floor(random() * means.length)] ?? 1
      return poissonTail(chance, poissonOf(chance, random))
    }

    expect(falseShare(nullP, { truths: 0, nulls: 50 })).toBeLessThan(0.1)
    expect(falseShare(nullP, { truths: 20, nulls: 80 })).toBeLessThan(0.08)
  })
})

/** A Poisson count by multiplication of uniform numbers (Knuth). */
function poissonOf(chance: number, random: () => number): number {
  const least = Math.exp(-chance)
  let n = 0
  for (let product = random(); product > least; product *= random()) n += 1
  return n
}
