/** Links of some accounts found again, put in the place of those there were. */
import type { LinkPairs } from './link-pairs.ts'
import { movedLinks } from './moved-links.ts'
import { type PairRows, pairRows } from './pair-rows.ts'

export interface ReplacedRows {
  readonly pairs: LinkPairs
  /** Accounts with a link that is new, gone, or of other evidence. Ascending. */
  readonly moved: readonly number[]
}

/**
 * `found`: links to later accounts of those in `rows`, which ascend; `known`: all there were, by the numbers accounts had; `before`: the
 * same by the numbers they have.
 */
export function replaceRows(
  known: LinkPairs,
  found: LinkPairs,
  { rows, accountNow, before }: { rows: Iterable<number>; accountNow: Int32Array; before: PairRows },
): ReplacedRows {
  const accounts = before.starts.length - 1
  const pairs = joinRows(before, pairRows(found, accounts), rows)
  return { pairs, moved: movedLinks(known, pairs, { accountNow, accounts }) }
}

/** Rows of `after` where they are given, of `before` elsewhere: copied in runs from one that is given to the next. */
function joinRows(before: PairRows, after: PairRows, given: Iterable<number>): LinkPairs {
  const lengthOf = ({ starts }: PairRows, account: number): number =>
    (starts[account + 1] ?? 0) - (starts[account] ?? 0)
  let length = before.pairs.a.length
  for (const account of given) length += lengthOf(after, account) - lengthOf(before, account)
  return {
    a: joinColumn('a'),
    b: joinColumn('b'),
    evidence: joinColumn('evidence'),
    weight: joinColumn('weight'),
  }

  function joinColumn(name: keyof LinkPairs): Int32Array {
    const out = new Int32Array(length)
    let [from, to] = [0, 0]
    const copy = (values: Int32Array, start: number, end: number): void => {
      out.set(values.subarray(start, end), to)
      to += end - start
    }
    for (const account of given) {
      copy(before.pairs[name], from, before.starts[account] ?? 0)
      copy(after.pairs[name], after.starts[account] ?? 0, after.starts[account + 1] ?? 0)
      from = before.starts[account + 1] ?? 0
    }
    copy(before.pairs[name], from, before.pairs[name].length)
    return out
  }
}
