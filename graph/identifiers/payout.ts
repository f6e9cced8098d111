import { readIban } from './formats/iban.ts'
import { opaqueText } from './formats/opaque.ts'
import type { IdentifierKind } from './kind.ts'

const hexWallet = /^0x[0-9a-f]{40}$/i
const lastFour = /[0-9A-Za-z]{4}$/
/** Of a shorter account number four digits would be most of it. */
const maskedLengthMin = 8

/** A bank account or wallet that money is paid out to. */
export const payout: IdentifierKind = {
  name: 'payout',
  family: 'money',
  evidence: { kappa: 6, halfLifeDays: 60, capNats: 9, links: 'pairs', unit: 'value' },
  household: false,
  normalise(value) {
    const text = opaqueText(value)
    if (text === undefined) return undefined
    // The case of a hexadecimal wallet is only a checksum; other wallets mean theirs.
    return readIban(text) ?? (hexWallet.test(text) ? text.toLowerCase() : text)
  },
  mask(canonical) {
    const [last] = lastFour.exec(canonical) ?? []
    return last === undefined || canonical.length < maskedLengthMin ? '' : `…${last}`
  },
}
