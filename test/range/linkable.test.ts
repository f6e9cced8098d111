import { expect, test } from '@jest/globals'
import type { RangeEvent } from '../../range/event.ts'
import { linkable } from '../../range/linkable.ts'
import type { TruthLine } from '../../range/truth.ts'

const ringed = (account: string, ring: string | null): TruthLine => ({
  account,
  ring,
  attack: ring && 'x',
  role: ring ? 'member' : 'benign',
  group: null,
})
const truth = [ringed('a', 'r'), ringed('b', 'r'), ringed('c', 'r'), ringed('d', 'q'), ringed('e', null)]
const uses = (account: string, identifiers: object, type: RangeEvent['type'] = 'login'): RangeEvent => ({
  at: 0,
  type,
  account,
  identifiers,
})

test('accounts of a ring that share something small can be linked, and only they', () => {
  const events = [uses('a', { device: 'd_1' }), uses('b', { device: 'd_1' }), uses('c', { device: 'd_2' })]

  expect(linkable({ events, truth })).toBe(2)
})

test('sharing across rings or with the honest links nobody to their ring', () => {
  const events = ['a', 'd', 'e'].map((account) => uses(account, { payment: 'tok_1' }))

  expect(linkable({ events, truth })).toBe(0)
})

test.each([['login_failed'], ['report'], ['chargeback']] as const)(
  'what only a %s shows links nobody',
  (type) => {
    const events = [uses('a', { payment: 'tok_1' }), uses('b', { payment: 'tok_1' }, type)]

    expect(linkable({ events, truth })).toBe(0)
  },
)

test('an identifier of 50 users links, of 51 does not, and neither does the address of a carrier', () => {
  const crowd = (count: number, ip: string) =>
    ['a', 'b', ...Array.from({ length: count - 2 }, (_, n) => `x${n}`)].map((account) =>
      uses(account, { ip }),
    )

  expect(linkable({ events: crowd(50, '240.1.2.3'), truth })).toBe(2)
  expect(linkable({ events: crowd(51, '240.1.2.3'), truth })).toBe(0)
  expect(linkable({ events: crowd(3, '246.1.2.3'), truth })).toBe(0)
})

test.each([
  ['fingerprint', 'fp_abc', 2],
  ['fingerprint', 'fp_modelabc', 0],
  ['device', 'd_modelabc', 0],
  ['address', '9 mill x street', 2],
  ['address', 'parcel locker 0 1 example street', 0],
  ['ip', '250.0.0.1', 2],
  ['ip', '248.0.0.1', 0],
  ['ip', '249.0.0.1', 0],
  ['promo', 'WELCOMEA', 0],
  ['image', 'a000b000c000d000', 0],
])('of two who show the %s %s, %i are linked', (kind, value, expected) => {
  const events = ['a', 'b'].map((account) => uses(account, { [kind]: value }))

  expect(linkable({ events, truth })).toBe(expected)
})
