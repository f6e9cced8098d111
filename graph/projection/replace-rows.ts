/** Links of some accounts found again, put in the place of those there were. */
import type { LinkPairs } from './link-pairs.ts'
import { type PairRows, pairRows, renumberPairs } from './pair-rows.ts'

export interface ReplacedRows {
  readonly pairs: LinkPairs
  /** Accounts with a link that is new, gone, or of other evidence. Ascending. */
  readonly moved: readonly number[]
}

/** `found`: links to later accounts of those in `rows`; `known`: all there were, by the numbers accounts had. */
export function replaceRows(
  known: LinkPairs,
  found: LinkPairs,
  { rows, accountNow, accounts }: { rows: Iterable<number>; accountNow: Int32Array; accounts: number },
): ReplacedRows {
  const [before, after] = [pairRows(renumberPairs(known, accountNow), accounts), pairRows(found, accounts)]
  const given = new Set(rows)
  const moved = new Set(goneLinks(known, accountNow))
  for (const account of given) for (const end of movedIn(account, before, after)) moved.add(end)
  return { pairs: joinRows(before, after, given), moved: [...moved].toSorted((a, b) => a - b) }
}

/** Accounts that are there and were linked to some that are gone. */
function goneLinks({ a, b }: LinkPairs, now: Int32Array): readonly number[] {
  const left: number[] = []
  a.forEach((from, place) => {
    const ends = [now[from] ?? -1, now[b[place] ?? -1] ?? -1]
    if (ends.includes(-1)) left.push(...ends.filter((one) => one >= 0))
  })
  return left
}

/** The ends of links of one row that are not alike. */
function movedIn(account: number, before: PairRows, after: PairRows): readonly number[] {
  const evidence = ({ pairs, starts }: PairRows): ReadonlyMap<number, number> => {
    const [from = 0, to = 0] = [starts[account], starts[account + 1]]
    return new Map(
      Array.from({ length: to - from }, (_, i) => [pairs.b[from + i] ?? 0, pairs.evidence[from + i] ?? 0]),
    )
  }
  const [had, has] = [evidence(before), evidence(after)]
  const others = [...new Set([...had.keys(), ...has.keys()])].filter(
    (other) => had.get(other) !== has.get(other),
  )
  return others.length > 0 ? [account, ...others] : []
}

/** Rows of `after` where they are given, of `before` elsewhere. */
function joinRows(before: PairRows, after: PairRows, given: ReadonlySet<number>): LinkPairs {
  const rowsAt = (account: number): PairRows => (given.has(account) ? after : before)
  const accounts = before.starts.length - 1
  const starts = new Int32Array(accounts + 1)
  for (let account = 0; account < accounts; account++)
    starts[account + 1] = (starts[account] ?? 0) + rowsAt(account).laterOf(account).length
  const length = starts[accounts] ?? 0
  const column = () => new Int32Array(length)
  const out = { a: column(), b: column(), evidence: column(), weight: column() }
  for (let account = 0; account < accounts; account++) {
    const { pairs, starts: from } = rowsAt(account)
    const [first, last, to] = [from[account] ?? 0, from[account + 1] ?? 0, starts[account] ?? 0]
    if (first === last) continue
    for (const name of ['a', 'b', 'evidence', 'weight'] as const)
      out[name].set(pairs[name].subarray(first, last), to)
  }
  return out
}
