/**
 * Kinds of content hashes. A 64-bit hash also yields four 16-bit bands: two hashes at most three bits apart
 * agree in at least one. Bands are cut before pseudonymisation, because a keyed hash destroys nearness.
 */

import type { EvidencePolicy, IdentifierKind } from '../kind.ts'
import { hidden, opaqueText } from './opaque.ts'

const bandsOf64Bits = [0, 1, 2, 3] as const
const hash64 = /^(?:0[xX])?([0-9a-fA-F]{16})$/
const canonicalHash64 = /^[0-9a-f]{16}$/
const band = /^[0-3]:[0-9a-f]{4}$/

const contentEvidence: EvidencePolicy = {
  kappa: 1,
  halfLifeDays: 14,
  capNats: 1,
  links: 'weak',
  unit: 'value',
}

/** Counted only where at least three of the four bands agree (evidence/bands.ts). */
const bandEvidence: EvidencePolicy = {
  kappa: 0.1,
  halfLifeDays: 7,
  capNats: 0.5,
  links: 'weak',
  unit: 'band',
}

/** A kind of content hash; one that is not 64 bits of hex is kept as it is, without bands. */
export function hashKind({ name, bandKind }: { name: string; bandKind: string }): IdentifierKind {
  return {
    name,
    family: 'content',
    evidence: contentEvidence,
    household: false,
    normalise(value) {
      const text = opaqueText(value)
      return text === undefined ? undefined : (hash64.exec(text)?.[1]?.toLowerCase() ?? text)
    },
    mask: hidden,
    derives: [bandKind],
    derive(canonical) {
      if (!canonicalHash64.test(canonical)) return []
      return bandsOf64Bits.map((index) => ({
        kind: bandKind,
        text: `${index}:${canonical.slice(index * 4, index * 4 + 4)}`,
      }))
    },
  }
}

/** The kind of the bands of a content hash: `index:4 hex digits`. */
export function hashBandKind(name: string): IdentifierKind {
  return {
    name,
    family: 'content',
    evidence: bandEvidence,
    household: false,
    normalise: (value) => (band.test(value) ? value : undefined),
    mask: hidden,
  }
}
