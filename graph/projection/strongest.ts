/** Two sets of links as one. */
import { Int32Column } from './columns.ts'
import type { LinkPairs } from './project.ts'

/** Pairs of either, with what the stronger says of those in both. */
export function strongestOf(one: LinkPairs, other: LinkPairs): LinkPairs {
  const out = {
    a: new Int32Column(),
    b: new Int32Column(),
    evidence: new Int32Column(),
    weight: new Int32Column(),
  }
  let [i, j] = [0, 0]
  while (i < one.a.length || j < other.a.length) {
    const order = comparePairs([one.a[i], one.b[i]], [other.a[j], other.b[j]])
    const mine = order <= 0 ? (one.evidence[i] ?? 0) : 0
    const theirs = order >= 0 ? (other.evidence[j] ?? 0) : 0
    const [from, at] = mine >= theirs ? [one, i] : [other, j]
    out.a.push(from.a[at] ?? 0)
    out.b.push(from.b[at] ?? 0)
    out.evidence.push(from.evidence[at] ?? 0)
    out.weight.push(from.weight[at] ?? 0)
    if (order <= 0) i += 1
    if (order >= 0) j += 1
  }
  return {
    a: out.a.values(),
    b: out.b.values(),
    evidence: out.evidence.values(),
    weight: out.weight.values(),
  }
}

type MaybePair = readonly [a: number | undefined, b: number | undefined]

/** A pair that is not there comes after all. */
function comparePairs([a, b]: MaybePair, [c, d]: MaybePair): number {
  if (a === undefined || b === undefined) return 1
  if (c === undefined || d === undefined) return -1
  return a - c || b - d
}
