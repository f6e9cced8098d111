import { opaqueKind } from './formats/opaque.ts'
import type { IdentifierKind } from './kind.ts'

/** A cookie, install id or session token: chance hardly ever makes two accounts hold one. */
export const cookie: IdentifierKind = opaqueKind({
  name: 'cookie',
  family: 'hardware',
  evidence: { kappa: 20, halfLifeDays: 60, capNats: 9, links: 'pairs', unit: 'value' },
})
