import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { bandOf, isInBand, riskInterval } from '../../../graph/rings/calibration.ts'

const risk = fc.double({ min: 0, max: 1, noNaN: true })
const decided = fc
  .tuple(fc.nat(500), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([rings, share]) => ({ rings, confirmed: Math.round(rings * share) }))

test('a risk without verdicts is within its interval, and nothing is ever certain', () => {
  fc.assert(
    fc.property(risk, fc.constantFrom('shipped' as const, 'local' as const), (value, calibration) => {
      const { low, high } = riskInterval(value, { rings: 0, confirmed: 0 }, calibration)

      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
      expect(high - low).toBeGreaterThan(0.1)
    }),
  )
})

test('ten times as many verdicts of the same kind never widen it', () => {
  fc.assert(
    fc.property(decided, ({ rings, confirmed }) => {
      const share = rings === 0 ? 0.5 : confirmed / rings
      const width = (times: number) => {
        const seen = { rings: rings * times, confirmed: confirmed * times }
        const { low, high } = riskInterval(share, seen, 'shipped')
        return high - low
      }

      expect(width(10)).toBeLessThanOrEqual(width(1) + 1e-6)
    }),
  )
})

test('one more confirmed verdict moves it up, one more benign verdict down', () => {
  fc.assert(
    fc.property(risk, decided, (value, { rings, confirmed }) => {
      const now = riskInterval(value, { rings, confirmed }, 'local')
      const up = riskInterval(value, { rings: rings + 1, confirmed: confirmed + 1 }, 'local')
      const down = riskInterval(value, { rings: rings + 1, confirmed }, 'local')

      expect(up.low).toBeGreaterThanOrEqual(now.low)
      expect(down.high).toBeLessThanOrEqual(now.high)
    }),
  )
})

test('is the textbook’s for many verdicts', () => {
  // Wilson's interval of 90 in 100 is .8256 to .9448; the models' word of .9 counts as 4 more.
  const { low, high } = riskInterval(0.9, { rings: 96, confirmed: 86.4 }, 'shipped')

  expect([low, high]).toEqual([expect.closeTo(0.8256, 3), expect.closeTo(0.9448, 3)])
})

test('every risk is in its own band and in no other', () => {
  fc.assert(
    fc.property(risk, risk, (one, other) => {
      expect(isInBand(one, bandOf(one))).toBe(true)
      expect(isInBand(one, bandOf(other))).toBe(bandOf(one).from === bandOf(other).from)
    }),
  )
})
