import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { reasonWords } from '../../../../graph/explain/words.ts'
import type { BenignSigns } from '../../../../graph/rings/benign/signs.ts'
import { benignFinding } from '../../../../graph/rings/benign/subtype.ts'

const share = fc.integer({ min: 0, max: 20 }).map((n) => n / 20)
const common = (kind: string) =>
  fc.record({ kind: fc.constant(kind), share, accounts: fc.integer({ min: 2, max: 60 }) })
const signs: fc.Arbitrary<BenignSigns> = fc.record(
  {
    size: fc.integer({ min: 3, max: 30 }),
    line: common('ip'),
    daysThere: share,
    device: fc
      .tuple(common('device'), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 20 }))
      .map(([one, daysUsed, tenths]) => ({ ...one, daysUsed, publicness: tenths / 10 })),
    held: fc.subarray(['payment', 'phone', 'address']).chain((kinds) => fc.tuple(...kinds.map(common))),
    ownDevice: share,
  },
  { requiredKeys: ['size', 'daysThere', 'held', 'ownDevice'] },
)

const family: BenignSigns = {
  size: 4,
  line: { kind: 'ip', share: 1, accounts: 5 },
  daysThere: 0.8,
  device: { kind: 'device', share: 0.75, accounts: 3, publicness: 1, daysUsed: 20 },
  held: [{ kind: 'payment', share: 0.5, accounts: 2 }],
  ownDevice: 0.75,
}
const library: BenignSigns = {
  size: 12,
  line: { kind: 'ip', share: 0.9, accounts: 40 },
  daysThere: 0.3,
  device: { kind: 'device', share: 0.6, accounts: 14, publicness: 0.3, daysUsed: 2 },
  held: [],
  ownDevice: 0.7,
}
const campus: BenignSigns = {
  size: 6,
  line: { kind: 'ip', share: 0.8, accounts: 45 },
  daysThere: 0.5,
  device: { kind: 'device', share: 0.3, accounts: 2, publicness: 1, daysUsed: 6 },
  held: [],
  ownDevice: 0.9,
}

const subtypeOf = (one: BenignSigns) => benignFinding(one)?.subtype
const codesOf = (one: BenignSigns) => benignFinding(one)?.reasons.map(({ code }) => code)

describe('what honest people are to each other', () => {
  test('a household meets at home and holds things in common', () => {
    expect(subtypeOf(family)).toBe('household')
    expect(codesOf(family)).toEqual(['meets_at_home', 'holds_in_common', 'own_device'])
  })

  test('visitors of a library pass by devices for all', () => {
    expect(subtypeOf(library)).toBe('kiosk')
    expect(codesOf(library)).toEqual(['public_device', 'passing_use', 'meets_in_a_crowd'])
  })

  test('colleagues meet in a crowd, each with a device of their own', () => {
    expect(subtypeOf(campus)).toBe('workplace_campus')
    expect(codesOf(campus)).toEqual(['meets_in_a_crowd', 'own_device'])
  })

  test('one sign of a home does not make strangers a household', () => {
    const passedOn = { kind: 'device', share: 1, accounts: 9, publicness: 0.3, daysUsed: 2 }
    const oneSign = { ...family, held: [] }

    expect(subtypeOf(oneSign)).toBe('household')
    expect(subtypeOf({ ...oneSign, device: passedOn })).toBeUndefined()
    expect(subtypeOf({ ...oneSign, size: 9, line: { kind: 'ip', share: 1, accounts: 8 } })).toBeUndefined()
    expect(subtypeOf({ ...oneSign, daysThere: 0.2 })).toBeUndefined()
    expect(subtypeOf({ ...family, device: passedOn, daysThere: 0.2 })).toBe('household')
  })

  test('is not told where signs are not clear', () => {
    expect(subtypeOf({ size: 4, daysThere: 0, held: [], ownDevice: 1 })).toBeUndefined()
    expect(subtypeOf({ ...library, device: { ...library.device!, publicness: 1 } })).toBeUndefined()
    expect(subtypeOf({ ...library, device: { ...library.device!, daysUsed: 4 } })).toBeUndefined()
    expect(subtypeOf({ ...campus, ownDevice: 0.2 })).toBeUndefined()
  })

  test('always has a reason, in words', () => {
    fc.assert(
      fc.property(signs, (one) => {
        const finding = benignFinding(one)
        if (!finding) return
        expect(finding.reasons.length).toBeGreaterThan(0)
        for (const reason of finding.reasons)
          expect(reasonWords(reason)).not.toMatch(/undefined|NaN|identifier/)
      }),
    )
  })

  test('no crowd is a home, and no kiosk without a device', () => {
    fc.assert(
      fc.property(signs, (one) => {
        const crowd = { ...one, line: { kind: 'ip', share: 1, accounts: 21 } }
        const { device: _, ...bare } = one

        expect(subtypeOf(crowd)).not.toBe('household')
        expect(subtypeOf(bare)).not.toBe('kiosk')
      }),
    )
  })
})
