import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { disconnectedRings, fraudAgreement } from '../../../range/metrics/measure.ts'
import { ringFigures, ringTallies } from '../../../range/metrics/ring-tallies.ts'
import { harmBySubgroup } from '../../../range/metrics/subgroups.ts'
import { type PublishedMember, score } from '../../../range/score.ts'
import { type TruthLine, truthRoles } from '../../../range/truth.ts'
import { tableOf } from '../baselines/tables.ts'

const member = (
  ring: string,
  names: string,
  more: Partial<PublishedMember> = {},
): readonly PublishedMember[] =>
  [...names].map((account) => ({ account, ring, role: 'core', flagged: false, ...more }))
const planted = (ring: string, names: string): readonly TruthLine[] =>
  [...names].map((account) => ({ account, ring, attack: 'farm', role: 'member', group: null }))
const honest = (names: string, group: string | null = null): readonly TruthLine[] =>
  [...names].map((account) => ({ account, ring: null, attack: null, role: 'benign', group }))

const names = Array.from({ length: 16 }, (_, n) => `acct_${n}`)
const rows = fc.subarray(names).chain((accounts) =>
  fc.tuple(
    ...accounts.map((account) =>
      fc.record({
        account: fc.constant(account),
        ring: fc.constantFrom('r1', 'r2', 'r3'),
        role: fc.constantFrom('core', 'victim', 'associate'),
        flagged: fc.boolean(),
      }),
    ),
  ),
)
const lines = fc.subarray(names).chain((accounts) =>
  fc.tuple(
    ...accounts.map((account) =>
      fc
        .tuple(fc.constantFrom(...truthRoles), fc.constantFrom('p', 'q', 'o'))
        .map(([role, ring]): TruthLine => {
          const carries = role !== 'bystander' && role !== 'benign'
          return {
            account,
            ring: carries ? ring : null,
            attack: carries ? (ring === 'o' ? 'mules' : 'farm') : null,
            role,
            group: carries ? null : 'household-1',
          }
        }),
    ),
  ),
)

test('what single rings tell adds up to the score', () => {
  fc.assert(
    fc.property(rows, lines, (published, truth) => {
      const { rings, pairs, bcubed } = score(published, truth)
      const figures = ringFigures(ringTallies(published, truth))

      expect(figures.recall50).toBeCloseTo(rings.recall50, 5)
      expect(figures.recall80).toBeCloseTo(rings.recall80, 5)
      expect(figures.fragmentation).toBeCloseTo(rings.fragmentation, 5)
      expect(figures.pairPrecision).toBeCloseTo(pairs.precision, 5)
      expect(figures.pairRecall).toBeCloseTo(pairs.recall, 5)
      expect(figures.pairF1).toBeCloseTo(pairs.f1, 5)
      expect(figures.bcubedPrecision).toBeCloseTo(bcubed.precision, 5)
      expect(figures.bcubedRecall).toBeCloseTo(bcubed.recall, 5)
    }),
    { numRuns: 300 },
  )
})

test('tallies carry their attack', () => {
  const truth = [...planted('p', 'ab'), ...planted('q', 'cd').map((line) => ({ ...line, attack: 'mules' }))]

  expect(ringTallies(member('r', 'ab'), truth).map(({ attack, overlap }) => [attack, overlap])).toEqual([
    ['farm', 1],
    ['mules', 0],
  ])
})

test('harm is told by kind of group, and victims, bystanders and rings have no part in it', () => {
  const truth = [
    ...honest('abc', 'household-4-1'),
    ...honest('d', 'household-7'),
    ...honest('ef', 'campus-1'),
    ...honest('g'),
    ...planted('p', 'h'),
    ...honest('i', 'campus-1').map((line) => ({ ...line, role: 'bystander' as const })),
  ]

  expect(harmBySubgroup(member('r', 'adeghi', { flagged: true }), truth)).toEqual({
    alone: { benign: 1, flagged: 1 },
    campus: { benign: 2, flagged: 1 },
    household: { benign: 4, flagged: 2 },
  })
})

describe('agreement on fraud', () => {
  const truth = [...planted('p', 'abc'), ...planted('q', 'de'), ...honest('wxyz')]

  test('is whole for the truth, whatever clusters honest accounts are in', () => {
    const found = [...member('1', 'abc'), ...member('2', 'de'), ...member('3', 'wxyz')]

    expect(fraudAgreement(found, truth)).toEqual({ ari: 1, ami: 1 })
  })

  test('is lost by strangers in a ring and by rings thrown together', () => {
    const clean = fraudAgreement(member('1', 'abc'), truth)

    expect(fraudAgreement(member('1', 'abcwxyz'), truth).ami).toBeLessThan(clean.ami)
    expect(fraudAgreement(member('1', 'abcde'), truth).ari).toBeLessThan(1)
  })

  test('counts nobody whose role carries nothing', () => {
    expect(
      fraudAgreement([...member('1', 'abc'), ...member('1', 'wx', { role: 'bystander' })], truth),
    ).toEqual(fraudAgreement(member('1', 'abc'), truth))
  })
})

test('whom its members gave to, and whom they all dealt with, holds a ring together', () => {
  const table = tableOf(['a device:1', 'b device:1', 'c device:2', 'x device:3'])
  const dealt = (...dealings: { from: number; to: number; gives: boolean }[]) => ({ ...table, dealings })
  const [a, c, x] = [0, 2, 3]

  expect(disconnectedRings(member('r', 'abc'), table)).toBe(1)
  expect(disconnectedRings(member('r', 'abc'), dealt({ from: a, to: c, gives: true }))).toBe(0)
  expect(disconnectedRings(member('r', 'abc'), dealt({ from: a, to: c, gives: false }))).toBe(1)
  expect(disconnectedRings(member('r', 'abc'), dealt({ from: a, to: x, gives: true }))).toBe(1)
  const both = [a, c].map((from) => ({ from, to: x, gives: false }))
  expect(disconnectedRings(member('r', 'abc'), dealt(...both))).toBe(0)
})

test('a ring that nothing inside it holds together is disconnected', () => {
  const table = tableOf(['a device:1', 'b device:1', 'b ip:2', 'c ip:2', 'x ip:3', 'd ip:3', 'e device:4'])

  expect(disconnectedRings(member('r', 'abc'), table)).toBe(0)
  expect(disconnectedRings(member('r', 'ac'), table)).toBe(1)
  expect(disconnectedRings([...member('r', 'abc'), ...member('s', 'de', { role: 'bystander' })], table)).toBe(
    1,
  )
})
