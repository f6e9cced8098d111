import { opaqueKind } from './formats/opaque.ts'
import type { IdentifierKind } from './kind.ts'

/** A fingerprint or token of a payment instrument; people see only a text the customer supplies. */
export const payment: IdentifierKind = opaqueKind({
  name: 'payment',
  family: 'money',
  evidence: { kappa: 3, halfLifeDays: 60, capNats: 9, links: 'pairs', unit: 'value' },
})
