import type { IdentifierKind } from '../kind.ts'

const asnText = /^(?:AS)?(0|[1-9]\d{0,9})$/i
const asnMax = 0xffff_ffff

/** The autonomous system an `ip` belongs to: a feature, never evidence, for millions share one. */
export const asn: IdentifierKind = {
  name: 'asn',
  family: 'network',
  evidence: { kappa: 0, halfLifeDays: 1, capNats: 0, links: 'never', unit: 'value' },
  household: false,
  normalise(value) {
    const [, number] = asnText.exec(value.trim()) ?? []
    return number === undefined || Number(number) > asnMax ? undefined : `AS${number}`
  },
  mask: (canonical) => canonical,
}
