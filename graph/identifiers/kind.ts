/** What a kind of identifier must say of itself. One file a kind; registry.ts lists them. */
import type { IdentifierClass } from '../model.ts'

/**
 * What counts by itself: the value; the value on one day, so that recycled values do no harm; the value within minutes
 * (evidence/moments.ts); or the value as a band of a hash (evidence/bands.ts). Of weak kinds, values count for nothing
 * yet: they may link only accounts that are suspicious already.
 */
export type EvidenceUnit = 'value' | 'day' | 'moment' | 'band'

/** How a share of this identifier counts. Source of the figures: docs/detection.md. */
export interface EvidencePolicy {
  /** Odds that two accounts alone on it are partners; the evidence is ln(1 + kappa / (accounts - 1)). */
  readonly kappa: number
  /** Days of gap between two uses that halve the evidence. */
  readonly halfLifeDays: number
  /** The most this kind may add to one pair, in nats. */
  readonly capNats: number
  /** `pairs` may create a link; `weak` only strengthens one that exists; `never` counts for nothing. */
  readonly links: 'pairs' | 'weak' | 'never'
  readonly unit: EvidenceUnit
  /** On more accounts one unit says nothing. */
  readonly accountsMax?: number
}

export const families = ['hardware', 'network', 'money', 'contact', 'content'] as const
export type Family = (typeof families)[number]

/** A coarser or finer identifier that follows from a value, of its own kind. */
export interface Derived {
  readonly kind: string
  readonly text: string
}

/** Facts the operator's tables hold of a canonical value. */
export interface Facets {
  readonly class?: IdentifierClass
  readonly asn?: number
  readonly place?: string
}

/** Looks facts up; `version` is 0 and every answer empty when the operator supplied no tables. */
export interface FacetTables {
  readonly version: number
  ip(canonical: string): Facets
  emailDomain(domain: string): Facets
}

export interface IdentifierKind {
  readonly name: string
  readonly family: Family
  readonly evidence: EvidencePolicy
  /** People of one household often share it, so it alone never makes an associate. */
  readonly household: boolean
  /** Days after the last sight when it stops being evidence; absent means never. */
  readonly keepDays?: number
  /** The canonical text of a value, or `undefined` when the value cannot be of this kind. */
  normalise(value: string): string | undefined
  /** What people may see of a canonical text; must not identify anybody. */
  mask(canonical: string): string
  facets?(canonical: string, tables: FacetTables): Facets
  /** Kinds of what `derive` may give: facets of a value, each an identifier of its own. */
  readonly derives?: readonly string[]
  derive?(canonical: string, facets: Facets): readonly Derived[]
}
