import { expect, test } from '@jest/globals'
import { headlineWords, leadWords } from '../../../graph/explain/headline.ts'
import type { Ring, Role } from '../../../graph/ring.ts'

const evidence = (kind: string, share: number) => ({
  kind,
  ref: kind + share,
  mask: '',
  members: 4,
  accounts: 4,
  share,
})

const ring = (roles: readonly Role[], head: Partial<Ring['head']> = {}): Pick<Ring, 'head' | 'members'> => ({
  head: { class: 'fraud_ring', risk: 0.9, firstSeen: 1, lastSeen: 2, topEvidence: [], reasons: [], ...head },
  members: roles.map((role, i) => ({
    account: `a${i}`,
    role,
    membership: 1,
    risk: 0.9,
    compromise: 0,
    flagged: true,
    reasons: [],
  })),
})

test('a ring is told by its size and the two kinds that tie it most', () => {
  const topEvidence = [
    evidence('device', 0.3),
    evidence('payout', 0.4),
    evidence('device', 0.2),
    evidence('ip', 0.1),
  ]

  expect(headlineWords(ring(['core', 'core', 'associate'], { topEvidence }))).toBe(
    '3 accounts around 2 devices and 1 payout account',
  )
})

test('what counts for nothing ties nobody', () => {
  expect(headlineWords(ring(['core', 'core', 'core'], { topEvidence: [evidence('device', 0)] }))).toBe(
    '3 accounts, held together by no one identifier',
  )
})

test('a takeover is told by its victims, and a home by what it is', () => {
  const topEvidence = [evidence('device', 1)]

  expect(
    headlineWords(ring(['victim', 'victim', 'receiver'], { class: 'takeover_cluster', topEvidence })),
  ).toBe('2 accounts in other hands around 1 device')
  expect(
    headlineWords(
      ring(['bystander', 'bystander', 'bystander'], {
        class: 'benign_shared',
        subtype: 'household',
        topEvidence,
      }),
    ),
  ).toBe('3 accounts of one household around 1 device')
})

test('the lead says how many carry risk', () => {
  const of = (...roles: readonly Role[]) => leadWords(ring(roles)).split('. ')[1]

  expect(of('core', 'bridge', 'receiver', 'victim')).toBe('3 carry risk.')
  expect(of('core', 'associate')).toBe('1 carries risk.')
  expect(of('bystander')).toBe('None of them carries risk.')
})
