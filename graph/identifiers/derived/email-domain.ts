import { readText } from '../formats/canonical-text.ts'
import { readDomain } from '../formats/domain.ts'
import type { IdentifierKind } from '../kind.ts'

/** The domain of an `email`: a feature, never evidence, for providers serve everybody. */
export const emailDomain: IdentifierKind = {
  name: 'emailDomain',
  family: 'contact',
  evidence: { kappa: 0, halfLifeDays: 1, capNats: 0, links: 'never', unit: 'value' },
  household: false,
  normalise: (value) => readDomain(readText(value) ?? ''),
  mask: (canonical) => canonical,
  facets: (canonical, tables) => tables.emailDomain(canonical),
}
