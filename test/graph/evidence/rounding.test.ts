/** Tables that the kernel is given say what the formulas say. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { halved, nearest } from '../../../graph/evidence/fade.ts'
import { fadedMicroNats, probabilityOf } from '../../../graph/evidence/share.ts'
import { weightOf } from '../../../graph/evidence/weight.ts'
import type { EvidencePolicy } from '../../../graph/identifiers/kind.ts'
import { day } from '../../support/core/states.ts'

const policyOf = (halfLifeDays: number): EvidencePolicy => ({
  kappa: 4,
  halfLifeDays,
  capNats: 9,
  links: 'pairs',
  unit: 'value',
})

test('evidence fades as a power of two, to the micro-nat', () => {
  const share = fc.record({
    gapMs: fc.oneof(
      fc.nat(5 * day),
      fc.nat(2_000).map((days) => days * day),
      fc.integer({ min: 0, max: 1e12 }),
    ),
    halfLifeDays: fc.oneof(
      fc.constantFrom(1, 2, 14, 30, 60, 90, 180),
      fc.double({ min: 0.01, max: 500, noNaN: true }),
    ),
    nats: fc.double({ min: 0, max: 9, noNaN: true }),
  })
  fc.assert(
    fc.property(share, ({ gapMs, halfLifeDays, nats }) => {
      const right = Math.round(nats * 2 ** (-gapMs / (halfLifeDays * day)) * 1e6)
      const found = fadedMicroNats(policyOf(halfLifeDays), nats, { gapMs, weight: 1 })
      expect(Math.abs(found - right)).toBeLessThanOrEqual(1)
    }),
    { numRuns: 20_000 },
  )
})

test('a half-life halves exactly, no time leaves all, and a very long time nothing', () => {
  expect([0, 1, 2, 10, 63].map(halved)).toEqual([1, 0.5, 0.25, 2 ** -10, 2 ** -63])
  expect([64, 1e9, Infinity, Number.NaN].map(halved)).toEqual([0, 0, 0, 0])
})

test('what fades longer never says more, by more than is rounded', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 70, noNaN: true }),
      fc.double({ min: 0, max: 0.01, noNaN: true }),
      (at, more) => {
        expect(halved(at + more)).toBeLessThanOrEqual(halved(at) * (1 + 1e-14))
      },
    ),
  )
})

test('a weight is the probability of the evidence in millionths, whatever the evidence', () => {
  let differing = 0
  // A step that has no factor in common with the tables.
  for (let evidence = 0; evidence < 20_000_000; evidence += 13)
    if (weightOf(evidence) !== Math.round(probabilityOf(evidence) * 1e6)) differing += 1
  expect(differing).toBe(0)
  expect([14_999_999, 15_000_000, 2 ** 31 - 1].map(weightOf)).toEqual([1_000_000, 1_000_000, 1_000_000])
})

test('the nearest whole number is found by adding, the even one of two', () => {
  expect([0, 0.49, 0.5, 0.51, 1.5, 2.5, 3.5].map(nearest)).toEqual([0, 0, 0, 1, 2, 2, 4])
})
