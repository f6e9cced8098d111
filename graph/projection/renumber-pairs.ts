/** Links by the numbers that accounts have after a change. */
import type { LinkPairs } from './link-pairs.ts'

/** The same links where accounts have other numbers, in the same order; those of accounts that are gone (-1) are left out. */
export function renumberPairs(pairs: LinkPairs, now: Int32Array): LinkPairs {
  if (isUnchanged(now)) return pairs
  const length = pairs.a.length
  const column = () => new Int32Array(length)
  const [a, b, evidence, weight] = [column(), column(), column(), column()]
  let kept = 0
  for (let place = 0; place < length; place++) {
    const [from = -1, to = -1] = [now[pairs.a[place] ?? -1], now[pairs.b[place] ?? -1]]
    if (from < 0 || to < 0) continue
    a[kept] = from
    b[kept] = to
    evidence[kept] = pairs.evidence[place] ?? 0
    weight[kept] = pairs.weight[place] ?? 0
    kept += 1
  }
  const part = (values: Int32Array): Int32Array => values.subarray(0, kept)
  return { a: part(a), b: part(b), evidence: part(evidence), weight: part(weight) }
}

/** Whether everybody has the number of before; others may come after them. */
function isUnchanged(now: Int32Array): boolean {
  for (let before = 0; before < now.length; before++) if (now[before] !== before) return false
  return true
}
