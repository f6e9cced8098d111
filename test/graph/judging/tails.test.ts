import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { spreadOf, tailSteps, tailsOf } from '../../../graph/judging/features/tails.ts'

const values = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 })

const nobody = spreadOf(new Float64Array())

test('without a reference shares are counted among the deployment’s own, whoever is asked about being one', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 0, max: 9 }), (own, value) => {
      const { atLeast, atMost } = tailsOf(spreadOf(Float64Array.from([...own, Number.NaN])), value)
      expect(atLeast).toBe(Math.max(1, own.filter((one) => one >= value).length) / own.length)
      expect(atMost).toBe(Math.max(1, own.filter((one) => one <= value).length) / own.length)
    }),
  )
})

test('of a few values a reference tells every share', () => {
  fc.assert(
    fc.property(values, (all) => {
      const steps = tailSteps(Float64Array.from([...all, Number.NaN]))
      for (const value of all) {
        const { atLeast, atMost } = tailsOf(nobody, value, steps)
        expect(atLeast).toBeCloseTo(all.filter((one) => one >= value).length / all.length, 4)
        expect(atMost).toBeCloseTo(all.filter((one) => one <= value).length / all.length, 4)
      }
    }),
  )
})

test('a small deployment is told by the reference, a large one by itself', () => {
  const steps = tailSteps(Float64Array.from({ length: 1_000 }, (_, at) => (at < 10 ? 3 : 0)))
  const rare = (accounts: number): number =>
    tailsOf(spreadOf(new Float64Array(accounts).fill(3)), 3, steps).atLeast

  expect(rare(5)).toBeLessThan(0.05)
  expect(rare(100_000)).toBeGreaterThan(0.95)
})

test('many values are kept in few steps', () => {
  const steps = tailSteps(Float64Array.from({ length: 10_000 }, (_, at) => at))

  expect(steps.length).toBeLessThanOrEqual(48)
  const { atLeast } = tailsOf(nobody, 5_000, steps)
  expect(Math.abs(atLeast - 0.5)).toBeLessThan(0.03)
})
