/** Links of some accounts found again, put in the place of those they had. */
import type { LinkPairs } from './link-pairs.ts'

export interface ReplacedLinks {
  readonly pairs: LinkPairs
  /** Accounts with a link that is new, gone, or of other evidence. Ascending. */
  readonly moved: readonly number[]
}

export interface LinksFound {
  /** By account now, 1 for those whose links were found again. */
  readonly isDirty: Uint8Array
  /** All links of these, in order. */
  readonly found: LinkPairs
  /** The number now of each account before, ascending; -1 for one that is gone. */
  readonly accountNow: Int32Array
}

/** `known`: links as they were, by the numbers accounts had. */
export function replaceLinks(known: LinkPairs, { isDirty, found, accountNow }: LinksFound): ReplacedLinks {
  const isMoved = new Uint8Array(isDirty.length)
  const out = linksOfLength(known.a.length + found.a.length)
  let [length, next] = [0, 0]
  const put = (from: LinkPairs, place: number, a: number, b: number): void => {
    out.a[length] = a
    out.b[length] = b
    out.evidence[length] = from.evidence[place] ?? 0
    out.weight[length] = from.weight[place] ?? 0
    length += 1
  }
  const move = (account: number): void => {
    if (account >= 0) isMoved[account] = 1
  }
  /** Those found that come before a link; whether it is found too. */
  const putUpTo = (a: number, b: number): boolean => {
    for (; next < found.a.length; next++) {
      const [one = 0, other = 0] = [found.a[next], found.b[next]]
      if (one > a || (one === a && other >= b)) return one === a && other === b
      put(found, next, one, other)
      move(one)
      move(other)
    }
    return false
  }
  for (let place = 0; place < known.a.length; place++) {
    const [a = -1, b = -1] = [accountNow[known.a[place] ?? -1], accountNow[known.b[place] ?? -1]]
    if (a >= 0 && b >= 0 && isDirty[a] === 0 && isDirty[b] === 0) {
      if (next < found.a.length) putUpTo(a, b)
      put(known, place, a, b)
      continue
    }
    const isThere = a >= 0 && b >= 0 && putUpTo(a, b)
    if (isThere) put(found, next, a, b)
    if (!isThere || found.evidence[next] !== known.evidence[place]) {
      move(a)
      move(b)
    }
    if (isThere) next += 1
  }
  putUpTo(Infinity, Infinity)
  return { pairs: firstOf(out, length), moved: placesOf(isMoved) }
}

const linksOfLength = (length: number): LinkPairs => ({
  a: new Int32Array(length),
  b: new Int32Array(length),
  evidence: new Int32Array(length),
  weight: new Int32Array(length),
})

const firstOf = ({ a, b, evidence, weight }: LinkPairs, length: number): LinkPairs => ({
  a: a.subarray(0, length),
  b: b.subarray(0, length),
  evidence: evidence.subarray(0, length),
  weight: weight.subarray(0, length),
})

function placesOf(isIt: Uint8Array): readonly number[] {
  const places: number[] = []
  for (let place = isIt.indexOf(1); place >= 0; place = isIt.indexOf(1, place + 1)) places.push(place)
  return places
}
