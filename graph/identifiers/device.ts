import { opaqueKind } from './formats/opaque.ts'
import type { IdentifierKind } from './kind.ts'

/** A hard device id, attested by the platform. */
export const device: IdentifierKind = opaqueKind({
  name: 'device',
  family: 'hardware',
  evidence: { kappa: 4, halfLifeDays: 30, capNats: 9, links: 'pairs', unit: 'value' },
})
