import { describe, expect, test } from '@jest/globals'
import {
  fateWords,
  mostRisk,
  othersWords,
  partsWords,
  standingIn,
} from '../../../graph/explain/foretold-words.ts'
import type { FateRing } from '../../../graph/foretold.ts'

const ring = (
  more: Partial<FateRing> & { risk?: number } = {},
  role: 'core' | 'bystander' = 'core',
): FateRing => ({
  id: 'ring_1_a',
  class: 'fraud_ring',
  risk: 0.9,
  size: 5,
  members: [
    { account: 'u1', role, membership: 0.9, risk: more.risk ?? 0.71, compromise: 0.01, flagged: true },
  ],
  ...more,
})
const { id: _, ...unnamed } = ring()
const words = (now: readonly FateRing[], then: readonly FateRing[]) =>
  fateWords('u1', standingIn(now, 'u1', 0.03), standingIn(then, 'u1', 0.03))

describe('what would become of an account', () => {
  test.each<[string, readonly FateRing[], readonly FateRing[], string]>([
    ['that joins', [], [ring()], 'u1 joins ring_1_a as core; its risk goes from 3 % to 71 %.'],
    ['that leaves', [ring()], [], 'u1 leaves ring_1_a and is in no ring; its risk goes from 71 % to 3 %.'],
    ['that is in no ring', [], [], 'u1 stays in no ring; its risk stays at 3 %.'],
    ['that stays', [ring()], [ring()], 'u1 stays in ring_1_a as core; its risk stays at 71 %.'],
    [
      'of another role',
      [ring()],
      [ring({ class: 'benign_shared', risk: 0.2 }, 'bystander')],
      'u1 becomes bystander in ring_1_a, which is then shared by honest people; its risk goes from 71 % to 20 %.',
    ],
    [
      'of another ring',
      [ring()],
      [{ ...unnamed, size: 3 }],
      'u1 leaves ring_1_a and joins a new ring of 3 accounts as core; its risk stays at 71 %.',
    ],
  ])('%s', (_name, now, then, sentence) => {
    expect(words(now, then)).toBe(sentence)
  })

  test('tells that it is taken over where that changes', () => {
    const [member] = ring().members
    const taken = ring({ members: member ? [{ ...member, compromise: 0.6 }] : [] })

    expect(words([ring()], [taken])).toMatch(/that somebody else controls it goes from 1 % to 60 %\.$/)
  })
})

test('what would become of a ring', () => {
  const [whole, part] = [ring(), ring({ risk: 0.41 })]

  expect(partsWords(whole, [])).toBe('No ring would hold its accounts, and each would carry the base rate.')
  expect(partsWords(whole, [part])).toBe(
    'One ring would hold 1 account of it, and risk goes from 90 % to 41 %.',
  )
  expect(partsWords(whole, [part, ring({ risk: 0.3 })])).toBe(
    'It would be 2 rings, with 1, 1 of its accounts, and risk goes from 90 % to 41 %.',
  )
  expect(mostRisk([])).toBe(0)
  expect([0, 1, 2].map((others) => othersWords({ others }))).toEqual([
    'Nobody else moves.',
    '1 account besides is judged otherwise.',
    '2 accounts besides are judged otherwise.',
  ])
})
