import { fitted, readText } from './formats/canonical-text.ts'
import { hidden } from './formats/opaque.ts'
import type { IdentifierKind } from './kind.ts'

/** A promotion or referral code; shops read it in either case. */
export const promo: IdentifierKind = {
  name: 'promo',
  family: 'content',
  evidence: { kappa: 1, halfLifeDays: 14, capNats: 1, links: 'weak', unit: 'value' },
  household: false,
  normalise(value) {
    const code = readText(value)?.toUpperCase().normalize('NFC')
    return code === undefined ? undefined : fitted(code)
  },
  mask: hidden,
}
