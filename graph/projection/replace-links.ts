/** Some links found again, put in the place of those there were. */
import type { LinkPairs } from './link-pairs.ts'

export interface ReplacedLinks {
  readonly pairs: LinkPairs
  /** Accounts with a link that is new, gone, or of other evidence. Ascending. */
  readonly moved: readonly number[]
}

export interface LinksFound {
  /** Whether a link between two accounts now, the lesser first, is among those that were looked for again. */
  readonly isAgain: (a: number, b: number) => boolean
  /** All of these that there are, in order. */
  readonly found: LinkPairs
  /** How many accounts there are now. */
  readonly accounts: number
  /** The number now of each account before, ascending; -1 for one that is gone. */
  readonly accountNow: Int32Array
}

/** `known`: links as they were, by the numbers accounts had. */
export function replaceLinks(
  known: LinkPairs,
  { isAgain, found, accounts, accountNow }: LinksFound,
): ReplacedLinks {
  const out = linkWriter(known.a.length + found.a.length)
  const moved = new Uint8Array(accounts)
  const upTo = foundUpTo(found, (place) => {
    out.put({ from: found, place, a: found.a[place] ?? 0, b: found.b[place] ?? 0 })
    markBoth(moved, found.a[place], found.b[place])
  })
  for (let place = 0; place < known.a.length; place++) {
    const [a = -1, b = -1] = [accountNow[known.a[place] ?? -1], accountNow[known.b[place] ?? -1]]
    if (a < 0 || b < 0) {
      markBoth(moved, a, b)
      continue
    }
    const again = upTo(a, b)
    if (again >= 0) out.put({ from: found, place: again, a, b })
    if (!isAgain(a, b)) out.put({ from: known, place, a, b })
    else if (found.evidence[again] !== known.evidence[place]) markBoth(moved, a, b)
  }
  upTo(Infinity, Infinity)
  return { pairs: out.pairs(), moved: placesOf(moved) }
}

function markBoth(is: Uint8Array, a = -1, b = -1): void {
  if (a >= 0) is[a] = 1
  if (b >= 0) is[b] = 1
}

/** Tells of links found that come before one, which ascend; gives the place of that one, -1 where it was not found. */
function foundUpTo(
  { a, b }: LinkPairs,
  tell: (place: number) => void,
): (one: number, other: number) => number {
  let next = 0
  return (one, other) => {
    for (; next < a.length; next++) {
      const order = (a[next] ?? 0) - one || (b[next] ?? 0) - other
      if (order > 0) return -1
      if (order === 0) return next++
      tell(next)
    }
    return -1
  }
}

interface Put {
  readonly from: LinkPairs
  readonly place: number
  readonly a: number
  readonly b: number
}

function linkWriter(lengthMax: number) {
  const column = (): Int32Array => new Int32Array(lengthMax)
  const [lesser, greater, evidence, weight] = [column(), column(), column(), column()]
  let length = 0
  return {
    put({ from, place, a, b }: Put): void {
      lesser[length] = a
      greater[length] = b
      evidence[length] = from.evidence[place] ?? 0
      weight[length] = from.weight[place] ?? 0
      length += 1
    },
    pairs: (): LinkPairs => ({
      a: lesser.subarray(0, length),
      b: greater.subarray(0, length),
      evidence: evidence.subarray(0, length),
      weight: weight.subarray(0, length),
    }),
  }
}

function placesOf(isIt: Uint8Array): readonly number[] {
  const places: number[] = []
  for (let place = isIt.indexOf(1); place >= 0; place = isIt.indexOf(1, place + 1)) places.push(place)
  return places
}
