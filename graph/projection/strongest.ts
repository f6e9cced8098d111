/** Links by what they say: of two sets the stronger, of each group the strongest. */
import { type LinkPairs, pairWriter } from './link-pairs.ts'

/** Pairs of either, with what the stronger says of those in both. */
export function strongestOf(one: LinkPairs, other: LinkPairs): LinkPairs {
  const out = pairWriter()
  let [i, j] = [0, 0]
  while (i < one.a.length || j < other.a.length) {
    const order = comparePairs([one.a[i], one.b[i]], [other.a[j], other.b[j]])
    const mine = order <= 0 ? (one.evidence[i] ?? 0) : 0
    const theirs = order >= 0 ? (other.evidence[j] ?? 0) : 0
    const [from, at] = mine >= theirs ? [one, i] : [other, j]
    out.push(from.a[at] ?? 0, from.b[at] ?? 0, from.evidence[at] ?? 0)
    if (order <= 0) i += 1
    if (order >= 0) j += 1
  }
  return out.pairs()
}

type MaybePair = readonly [a: number | undefined, b: number | undefined]

/** A pair that is not there comes after all. */
function comparePairs([a, b]: MaybePair, [c, d]: MaybePair): number {
  if (a === undefined || b === undefined) return 1
  if (c === undefined || d === undefined) return -1
  return a - c || b - d
}

export interface StrongestPair {
  readonly a: number
  readonly b: number
}

/** Of each group the link inside it with most evidence; of equal ones the first. */
export function strongestIn(
  { a, b, evidence }: LinkPairs,
  labels: Int32Array,
): ReadonlyMap<number, StrongestPair> {
  const best = new Map<number, number>()
  for (let pair = 0; pair < a.length; pair++) {
    const label = labels[a[pair] ?? -1] ?? -1
    if (label !== labels[b[pair] ?? -1]) continue
    const known = best.get(label)
    if (known === undefined || (evidence[known] ?? 0) < (evidence[pair] ?? 0)) best.set(label, pair)
  }
  return new Map([...best].map(([label, pair]) => [label, { a: a[pair] ?? -1, b: b[pair] ?? -1 }]))
}
