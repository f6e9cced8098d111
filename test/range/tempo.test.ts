import { describe, expect, test } from '@jest/globals'
import { Random } from '../../range/random.ts'
import { type TempoEvent, tempoFeatures, tempoRow } from '../../range/tempo/features.ts'
import { fitLogistic, logisticOdds } from '../../range/tempo/logistic.ts'
import { tempoFigures, tempoWorld } from '../../range/tempo/tempo.ts'
import type { TruthLine, TruthRole } from '../../range/truth.ts'

const day = 86_400_000
const event = (type: TempoEvent['type'], at: number, more: Partial<TempoEvent> = {}): TempoEvent => ({
  account: 'a',
  type,
  outcome: 'success',
  at,
  identifiers: [],
  ...more,
})
const named = (events: readonly TempoEvent[]): Readonly<Record<string, number>> =>
  Object.fromEntries(tempoRow(events).map((value, at) => [tempoFeatures[at] ?? '', value]))

describe('features', () => {
  test('by hand', () => {
    const device = (ref: string) => ({ kind: 'device', ref })
    const row = named([
      event('payment', 4 * day, { amount: 30, identifiers: [device('x')], session: 's' }),
      event('signup', 2 * day, { identifiers: [device('x'), device('y')] }),
      event('payment', 4 * day + 3_600_000, { amount: 10, outcome: 'failure', session: 's' }),
    ])

    expect(row).toMatchObject({
      'payment events': 2,
      'payment events that failed': 1,
      'signup events': 1,
      'device values': 2,
      'ip values': 0,
      'days from birth to the first payment': 2,
      'days from birth to the first payout': -1,
      'active days': 2,
      'events an active day': 1.5,
      sessions: 1,
      'shortest gap': 1,
      'longest gap': 48,
      'share at night': 1,
      'amount in all': 40,
      'largest amount': 30,
      'mean amount': 20,
    })
  })

  test('have a name each', () => {
    expect(tempoRow([event('login', 0)])).toHaveLength(tempoFeatures.length)
    expect(new Set(tempoFeatures).size).toBe(tempoFeatures.length)
  })

  test('do not tell which identifier it was', () => {
    const shown = (ref: string) => [event('login', 0, { identifiers: [{ kind: 'device', ref }] })]

    expect(tempoRow(shown('shared by many'))).toEqual(tempoRow(shown('its own')))
  })
})

test('logistic regression finds odds: 1 of 4 at one value, 3 of 4 at the other', () => {
  const columns = [Float64Array.from({ length: 4_000 }, (_, n) => n % 2)]
  const answers = Uint8Array.from({ length: 4_000 }, (_, n) =>
    Number(n % 2 === 1 ? n % 8 !== 1 : n % 8 === 0),
  )
  const odds = logisticOdds(fitLogistic(columns, answers), columns)

  expect(odds[0]).toBeCloseTo(Math.log(1 / 3), 2)
  expect(odds[1]).toBeCloseTo(Math.log(3), 2)
})

describe('figures', () => {
  /** Fraud makes `more` payments. */
  const world = (seed: number, more: number) => {
    const random = new Random(seed, 'tempo')
    const roles: TruthRole[] = ['benign', 'benign', 'benign', 'benign', 'member', 'victim', 'bystander']
    const truth = Array.from({ length: 700 }, (_, n): TruthLine => {
      const role = roles[n % roles.length] ?? 'benign'
      return { account: String(n), ring: role === 'member' ? 'p' : null, attack: null, role, group: null }
    })
    return tempoWorld(truth, (account) => {
      const isFraud = Number(account) % roles.length === 4
      const payments = random.int(1, 3) + (isFraud ? more : 0)
      return tempoRow(
        Array.from({ length: payments }, (_, n) => event('payment', n * day + random.int(0, day - 1))),
      )
    })
  }

  test('are those of chance where fraud behaves like everybody', () => {
    const { boosted, logistic, chance } = tempoFigures([1, 2, 3].map((seed) => world(seed, 0)))

    expect(chance[0]).toBeCloseTo(1 / 6, 6)
    for (const precision of [...boosted, ...logistic]) expect(Math.abs(precision - 1 / 6)).toBeLessThan(0.12)
  })

  test('are whole where it does not, across worlds and within one, and say by what', () => {
    for (const worlds of [[world(1, 9)], [world(1, 9), world(2, 9)]]) {
      const { boosted, logistic, telling } = tempoFigures(worlds)

      expect(boosted).toHaveLength(worlds.length)
      for (const precision of [...boosted, ...logistic]) expect(precision).toBeCloseTo(1, 6)
      expect(telling.map(({ area }) => area)).toContain(1)
      expect(telling.map(({ feature }) => feature)).toContain('payment events')
    }
  })

  test('leave victims out', () => {
    expect(world(1, 0).answers).toHaveLength(600)
  })
})
