/** Links of some accounts found again, put in the place of those there were. */
import type { LinkPairs } from './link-pairs.ts'
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
  const after = pairRows(found, before.starts.length - 1)
  const moved = new Set(goneLinks(known, accountNow))
  for (const account of rows) for (const end of movedIn(account, before, after)) moved.add(end)
  return { pairs: joinRows(before, after, rows), moved: [...moved].toSorted((a, b) => a - b) }
}

/** Accounts that are there and were linked to some that are gone. */
function goneLinks({ a, b }: LinkPairs, now: Int32Array): readonly number[] {
  const left: number[] = []
  if (!now.includes(-1)) return left
  for (let place = 0; place < a.length; place++) {
    const [from = -1, to = -1] = [now[a[place] ?? -1], now[b[place] ?? -1]]
    if (from < 0 && to >= 0) left.push(to)
    if (to < 0 && from >= 0) left.push(from)
  }
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
