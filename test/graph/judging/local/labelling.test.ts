import { describe, expect, test } from '@jest/globals'
import {
  agreementOf,
  countScores,
  fitLabelling,
  type Labelling,
  logistic,
  type OwnLabel,
  withLabel,
} from '../../../../graph/judging/local/labelling.ts'
import { randomOf } from '../../../support/random.ts'

interface Account {
  readonly score: number
  readonly isFraud: boolean
  readonly label: OwnLabel
}

/** Accounts whose labels come about as the model of them says. */
function population(seed: number, accounts: number, truth: Labelling): readonly Account[] {
  const random = randomOf(seed)
  return Array.from({ length: accounts }, () => {
    const score = -5 + 3 * (random() + random() + random() - 1.5) + (random() < 0.1 ? 6 * random() : 0)
    const isFraud = random() < logistic(truth.slope * score + truth.shift)
    return {
      score,
      isFraud,
      label: random() < (isFraud ? truth.known : truth.mistaken) ? 'sought' : undefined,
    }
  })
}

describe('what labels say of scores', () => {
  test.each([
    { slope: 1, shift: 0, known: 0.12, mistaken: 0.002 },
    { slope: 1.2, shift: 1, known: 0.12, mistaken: 0.002 },
    { slope: 0.8, shift: -1.2, known: 0.07, mistaken: 0.003 },
    { slope: 1, shift: -2, known: 0.2, mistaken: 0.001 },
  ])('is found again: %j', (truth) => {
    for (const seed of [1, 2, 3]) {
      const accounts = population(seed, 40_000, truth)
      const { slope, shift } = fitLabelling(countScores(accounts))
      for (const [from, to] of [
        [-2, 0],
        [0, 6],
      ] as const) {
        const own = accounts.filter(({ score }) => score >= from && score < to)
        const said = own.reduce((sum, { score }) => sum + logistic(slope * score + shift), 0) / own.length
        const is = own.filter(({ isFraud }) => isFraud).length / own.length
        const unfitted = own.reduce((sum, { score }) => sum + logistic(score), 0) / own.length
        expect(Math.abs(said - is)).toBeLessThan(Math.max(0.14, Math.abs(unfitted - is) * 0.7))
      }
    }
  })

  test('without labels is what was held before', () => {
    const { slope, shift } = fitLabelling(countScores([]))
    expect([slope, shift]).toEqual([1, 0])
  })

  test('of accounts that people cleared is that they are not what is sought', () => {
    const accounts = Array.from({ length: 400 }, (_, at) => ({
      score: 1,
      label: at < 200 ? ('cleared' as const) : undefined,
    }))
    expect(fitLabelling(countScores(accounts)).shift).toBeLessThan(-1)
  })

  test('agrees with scores as often as a labelled account has the higher one', () => {
    const accounts = population(5, 300, { slope: 1, shift: 0, known: 0.5, mistaken: 0.05 })
    const rounded = accounts.map(({ score, label }) => ({ score: Math.round(score * 20), label }))
    const pairs = rounded.flatMap((one) =>
      rounded
        .filter(({ label }) => one.label === 'sought' && label !== 'sought')
        .map(({ score }) => (one.score > score ? 1 : one.score === score ? 0.5 : 0)),
    )
    const mean = pairs.reduce<number>((sum, one) => sum + one, 0) / pairs.length

    expect(agreementOf(countScores(accounts))).toBeCloseTo(mean, 12)
    expect(agreementOf([])).toBe(0.5)
  })
})

test.each([
  [0.5, 0.1, 0.001],
  [0.02, 0.3, 0.01],
  [0.9, 0.05, 0.05],
])('an account of %d is told by its label as Bayes tells', (p, known, mistaken) => {
  const labelling = { slope: 1, shift: 0, known, mistaken }
  const sought = [p * known, (1 - p) * mistaken] as const
  const silent = [p * (1 - known), (1 - p) * (1 - mistaken)] as const
  const of = ([yes, no]: readonly [number, number]): number => yes / (yes + no)

  expect(withLabel(p, 'sought', labelling)).toBeCloseTo(of(sought), 12)
  expect(withLabel(p, undefined, labelling)).toBeCloseTo(of(silent), 12)
  expect(withLabel(p, 'cleared', labelling)).toBe(0)
})
