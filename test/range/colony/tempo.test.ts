/**
 * Behaviour alone must not tell fraud: learners that see everything of an account but whom it shares with, trained on
 * other worlds, stay far from finding it.
 */
import { expect, test } from '@jest/globals'
import { makeWorld } from '../made-world.ts'
import { type Sample, samplesOf } from './behaviour.ts'
import { averagePrecision, boostedStumps, logistic } from './learners.ts'

const seeds = [31, 32, 33]

test.each(['bazaar', 'airwaves', 'purse'])(
  'learners do not find the fraud of %s by its tempo',
  async (world) => {
    const worlds: (readonly Sample[])[] = []
    for (const seed of seeds) worlds.push(samplesOf(await makeWorld({ world, seed, accounts: 20_000 })))

    const scores = worlds.flatMap((unseen, at) => {
      const others = worlds.filter((_, other) => other !== at).flat()
      return [logistic(others), boostedStumps(others)].map((scorer) => averagePrecision(unseen, scorer))
    })

    expect(Math.max(...scores)).toBeLessThan(0.5)
    // Crimes that left no trace in behaviour would be no crimes; covers and ages alone give less.
    expect(Math.max(...scores)).toBeGreaterThan(0.2)
  },
  240_000,
)

test('the learners would find it if tempo told', () => {
  const planted = Array.from({ length: 4_000 }, (_, n) => {
    const isFraud = n % 20 === 0
    return { figures: [n % 7, (n % 5) + (isFraud ? 40 : 0)], isFraud }
  })

  for (const learn of [logistic, boostedStumps]) {
    expect(averagePrecision(planted, learn(planted))).toBeGreaterThan(0.99)
  }
})

test('average precision is the share of fraud for a scorer that knows nothing, and 1 for one that knows all', () => {
  const samples = Array.from({ length: 2_000 }, (_, n) => ({ figures: [n], isFraud: n % 20 === 7 }))

  expect(averagePrecision(samples, ([n = 0]) => (Math.sin(n * 12.9898) * 43_758.5453) % 1)).toBeLessThan(0.09)
  expect(averagePrecision(samples, ([n = 0]) => (n % 20 === 7 ? 1 : 0))).toBe(1)
})
