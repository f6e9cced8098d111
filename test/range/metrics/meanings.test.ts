import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { binsOf, brierScore, calibrationError } from '../../../range/metrics/bins.ts'
import { linkFigures } from '../../../range/metrics/links.ts'
import { verdictFigures } from '../../../range/metrics/verdicts.ts'
import type { TruthLine } from '../../../range/truth.ts'

const said = fc.record({
  probability: fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
  isTrue: fc.boolean(),
})

test('bins hold every row once, and their sums', () => {
  fc.assert(
    fc.property(fc.array(said), (rows) => {
      const bins = binsOf(rows)

      expect(bins).toHaveLength(10)
      bins.forEach((bin, at) => {
        const own = rows.filter(({ probability }) => {
          const tenth = Math.floor(probability * 10)
          return tenth === at || (at === 9 && tenth === 10)
        })
        expect(bin.count).toBe(own.length)
        expect(bin.true).toBe(own.filter(({ isTrue }) => isTrue).length)
        expect(bin.said).toBeCloseTo(
          own.reduce((sum, { probability }) => sum + probability, 0),
          9,
        )
      })
    }),
  )
})

test('what is sure and right is off by nothing, what is sure and wrong by all', () => {
  const sure = [
    { probability: 1, isTrue: true },
    { probability: 0, isTrue: false },
  ]
  const wrong = sure.map(({ probability, isTrue }) => ({ probability, isTrue: !isTrue }))

  expect([brierScore(sure), calibrationError(binsOf(sure))]).toEqual([0, 0])
  expect([brierScore(wrong), calibrationError(binsOf(wrong))]).toEqual([1, 1])
  expect([brierScore([]), calibrationError(binsOf([]))]).toEqual([0, 0])
})

const line = (account: string, ring: string | null, group: string | null = null): TruthLine => ({
  account,
  ring,
  group,
  attack: ring,
  role: ring === null ? 'benign' : 'member',
})
const truth = [
  line('a', 'r'),
  line('b', 'r'),
  line('c', 's', 'home'),
  line('d', null, 'home'),
  line('e', null),
]

test('accounts belong together by a planted ring or an honest group, and not by having neither', () => {
  const pairs = {
    a: Int32Array.of(0, 0, 2, 3),
    b: Int32Array.of(1, 2, 3, 4),
    weight: Float64Array.of(0.9, 0.2, 0.7, 0.1),
  }
  const figures = linkFigures(pairs, [...'abcde'], truth)

  expect(figures).toMatchObject({ links: 4, together: 0.5, averagePrecision: 1, area: 1 })
  expect(figures.brier).toBeCloseTo((0.01 + 0.04 + 0.09 + 0.01) / 4, 9)
  expect(figures.bins.map((bin) => bin.true)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 1])
  expect(linkFigures(pairs, [...'aaaaa'].fill('nobody'), truth).together).toBe(0)
})

const group = (name: string, risk: number, members: string) => ({
  class: name,
  risk,
  members: members.split(' ').map((one) => {
    const [account = '', role = 'core'] = one.split(':')
    return { account, role }
  }),
})

test('a group is a ring by half of those who carry it, or of all where nobody does', () => {
  const groups = [
    group('fraud_ring', 0.9, 'a b d'),
    group('fraud_ring', 0.8, 'a d e'),
    group('uncertain', 0.4, 'c:associate d:associate'),
    group('benign_shared', 0.1, 'a d:bystander e:bystander'),
  ]
  const { classes, groups: count } = verdictFigures(groups, [], truth)

  expect(count).toBe(4)
  expect(classes).toEqual({
    benign_shared: { rings: 1, others: 0 },
    fraud_ring: { rings: 1, others: 1 },
    uncertain: { rings: 1, others: 0 },
  })
})

test('of the queue as many entries count as rings were planted, first things first', () => {
  const [ring, other] = [group('fraud_ring', 0.9, 'a b'), group('fraud_ring', 0.5, 'd e')]
  const right = (...queue: (typeof ring)[]) => verdictFigures([ring, other], queue, truth).queuePrecision

  expect(right(ring, ring, other)).toBe(1)
  expect(right(ring, other, ring)).toBe(0.5)
  expect(right(other)).toBe(0)
  expect(right()).toBe(0)
})
