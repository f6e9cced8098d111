import { fitted, readText } from './formats/canonical-text.ts'
import { hidden } from './formats/opaque.ts'
import type { IdentifierKind } from './kind.ts'

const notWords = /[^\p{L}\p{N}\p{M}]+/gu

/** A postal address: its words in lower case. Families share one, so it alone weighs little. */
export const address: IdentifierKind = {
  name: 'address',
  family: 'contact',
  evidence: { kappa: 1, halfLifeDays: 60, capNats: 1, links: 'pairs', unit: 'value' },
  household: true,
  normalise(value) {
    const words = readText(value)?.toLowerCase().normalize('NFC').replaceAll(notWords, ' ').trim()
    return words === undefined ? undefined : fitted(words)
  },
  mask: hidden,
}
