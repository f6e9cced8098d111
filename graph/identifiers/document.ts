import { fitted, readText } from './formats/canonical-text.ts'
import { hidden } from './formats/opaque.ts'
import type { IdentifierKind } from './kind.ts'

const notAlphanumeric = /[^\p{L}\p{N}]+/gu

/** The number or hash of an identity document: its letters and digits in upper case. */
export const document: IdentifierKind = {
  name: 'document',
  family: 'contact',
  evidence: { kappa: 8, halfLifeDays: 180, capNats: 9, links: 'pairs', unit: 'value' },
  household: false,
  normalise(value) {
    const number = readText(value)?.toUpperCase().normalize('NFC').replaceAll(notAlphanumeric, '')
    return number === undefined ? undefined : fitted(number)
  },
  mask: hidden,
}
