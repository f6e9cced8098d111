/** Links by the account they begin at. */
import type { LinkPairs } from './link-pairs.ts'

export interface PairRows {
  readonly pairs: LinkPairs
  /** The links of an account to later ones lie from `starts[account]` to `starts[account + 1]`. */
  readonly starts: Int32Array
  /** The later accounts that an account is linked to, ascending. */
  laterOf(account: number): Int32Array
}

export function pairRows(pairs: LinkPairs, accounts: number): PairRows {
  const starts = new Int32Array(accounts + 1)
  for (const account of pairs.a) starts[account + 1]! += 1
  for (let account = 0; account < accounts; account++) starts[account + 1]! += starts[account] ?? 0
  return {
    pairs,
    starts,
    laterOf: (account) => pairs.b.subarray(starts[account] ?? 0, starts[account + 1] ?? 0),
  }
}

/** The same links where accounts have other numbers, in the same order; those of accounts that are gone (-1) are left out. */
export function renumberPairs({ a, b, evidence, weight }: LinkPairs, now: Int32Array): LinkPairs {
  const kept: number[] = []
  a.forEach((from, place) => {
    if ((now[from] ?? -1) >= 0 && (now[b[place] ?? -1] ?? -1) >= 0) kept.push(place)
  })
  return {
    a: Int32Array.from(kept, (place) => now[a[place] ?? -1] ?? -1),
    b: Int32Array.from(kept, (place) => now[b[place] ?? -1] ?? -1),
    evidence: Int32Array.from(kept, (place) => evidence[place] ?? 0),
    weight: Int32Array.from(kept, (place) => weight[place] ?? 0),
  }
}
