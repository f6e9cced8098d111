import { opaqueKind } from './formats/opaque.ts'
import type { IdentifierKind } from './kind.ts'

/** A browser fingerprint: common models collide, so a crowd on one makes no links. */
export const fingerprint: IdentifierKind = opaqueKind({
  name: 'fingerprint',
  family: 'hardware',
  evidence: { kappa: 1.5, halfLifeDays: 14, capNats: 3, links: 'pairs', unit: 'value', accountsMax: 10 },
})
