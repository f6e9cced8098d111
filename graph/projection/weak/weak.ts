/**
 * Weak evidence, which strengthens a link that exists and never makes one: slices of identifiers that both accounts hold
 * (a day on an address, a quarter of an hour at a target), and bands of hashes. It is counted for pairs only, out of each
 * account's sorted list.
 */
import { capMicroNats } from '../../evidence/share.ts'
import type { IdentifierKind } from '../../identifiers/kind.ts'
import type { OfKind } from '../kinds-among.ts'
import { type LinkPairs, pairWriter } from '../link-pairs.ts'
import type { Linkable } from '../link-table.ts'
import { bandEvidence, type HeldBands, heldBands } from './bands.ts'
import { type AddWeak, type HeldSlices, heldSlices, sliceEvidence } from './slices.ts'

export interface Weak {
  readonly kinds: readonly IdentifierKind[]
  readonly slices: HeldSlices
  readonly bands: HeldBands
}

export function weakOf(table: Linkable, kinds: readonly OfKind[]): Weak {
  const weak = kinds.filter(({ kind }) => kind.evidence.links === 'weak' && kind.evidence.unit !== 'value')
  return {
    kinds: weak.map(({ kind }) => kind),
    slices: heldSlices(table, weak),
    bands: heldBands(table, weak),
  }
}

/** Links with what weak kinds add to each. */
export function strengthened(table: Pick<Linkable, 'uses'>, weak: Weak, pairs: LinkPairs): LinkPairs {
  if (weak.slices.uses.length === 0 && weak.bands.uses.length === 0) return pairs
  const weakOfPair = weakEvidence(table, weak)
  const out = pairWriter()
  pairs.a.forEach((a, place) => {
    const b = pairs.b[place] ?? 0
    out.push(a, b, (pairs.evidence[place] ?? 0) + weakOfPair(a, b))
  })
  return out.pairs()
}

/** What a pair shares of weak kinds, each kind capped; micro-nats. */
export function weakEvidence(
  { uses }: Pick<Linkable, 'uses'>,
  { kinds, slices, bands }: Weak,
): (a: number, b: number) => number {
  const caps = kinds.map(({ evidence }) => capMicroNats(evidence))
  const sums = new Int32Array(kinds.length)
  const addWeak: AddWeak = (kind, evidence) => {
    sums[kind] = (sums[kind] ?? 0) + evidence
  }
  const [addSlices, addBands] = [sliceEvidence(uses, slices, addWeak), bandEvidence(uses, bands, addWeak)]
  return (a, b) => {
    sums.fill(0)
    addSlices(a, b)
    addBands(a, b)
    return caps.reduce((total, cap, kind) => total + Math.min(cap, sums[kind] ?? 0), 0)
  }
}
