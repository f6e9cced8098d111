/** Links once the state changed: only rows that may differ are summed again; the same as if all were (docs/decisions/0019). */
import type { ChangedTable } from './change-table.ts'
import { dirtyRows, identifiersOf } from './dirty.ts'
import { entitiesOf, type KindLookup } from './entities.ts'
import type { LinkPairs } from './link-pairs.ts'
import { type PairRows, pairRows, renumberPairs } from './pair-rows.ts'
import { project } from './project.ts'
import type { Publicness } from './publicness.ts'

export interface ProjectedAgain {
  readonly pairs: LinkPairs
  /** Accounts with a link that is new, gone, or of another weight. Ascending. */
  readonly moved: readonly number[]
  /** How many accounts' links were summed. */
  readonly rowsSummed: number
}

export function projectAgain(
  changed: ChangedTable,
  known: LinkPairs,
  {
    kindOf,
    asOf,
    publicness,
  }: { readonly kindOf: KindLookup; readonly asOf: number; readonly publicness: Publicness },
): ProjectedAgain {
  const { table, accountNow } = changed
  const before = pairRows(renumberPairs(known, accountNow), table.facts.length)
  const rows = dirtyRows(changed, { kindOf, asOf, links: before })
  const entities = entitiesOf(table, kindOf, { asOf, among: identifiersOf(table, rows) })
  const after = pairRows(project(table, entities, { publicness, rows }), table.facts.length)
  const gone = goneLinks(known, accountNow)
  const moved = new Set([...gone, ...rows.flatMap((account) => movedIn(account, before, after))])
  return {
    pairs: replaceRows(before, after, new Set(rows)),
    moved: [...moved].toSorted((a, b) => a - b),
    rowsSummed: rows.length,
  }
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
  const weights = ({ pairs, starts }: PairRows): ReadonlyMap<number, number> => {
    const [from = 0, to = 0] = [starts[account], starts[account + 1]]
    return new Map(
      Array.from({ length: to - from }, (_, i) => [pairs.b[from + i] ?? 0, pairs.weight[from + i] ?? 0]),
    )
  }
  const [had, has] = [weights(before), weights(after)]
  const others = [...new Set([...had.keys(), ...has.keys()])].filter(
    (other) => had.get(other) !== has.get(other),
  )
  return others.length > 0 ? [account, ...others] : []
}

/** Rows of `after` where they are given, of `before` elsewhere. */
function replaceRows(before: PairRows, after: PairRows, given: ReadonlySet<number>): LinkPairs {
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
