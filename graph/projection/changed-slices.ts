/** Slices of identifiers (days, windows of time) that accounts came to or left with a change of the state. */
import type { Accounts } from './account-columns.ts'
import type { ChangedTable } from './change-table.ts'
import type { LinkTable } from './link-table.ts'
import { usedBy } from './uses/of.ts'

type SlicesHeld = (state: LinkTable, account: number, identifier: number) => readonly number[]

/**
 * By identifier now, the slices that an account came to or left. `traitOf`: all but its uses that an account's slices
 * hang on, as one value; of whom it is the same only uses that differ are looked at.
 */
export function changedSlices(
  changed: ChangedTable,
  heldIn: SlicesHeld,
  traitOf: (facts: Accounts, account: number) => number | undefined,
): ReadonlyMap<number, ReadonlySet<number>> {
  const { before, table, touched, gone, accountBefore, identifierBefore, identifierNow } = changed
  const slices = new Map<number, Set<number>>()
  const compare = (identifier: number, now: number, then: number): void => {
    const had = then < 0 ? [] : heldIn(before, then, identifierBefore[identifier] ?? -1)
    const has = now < 0 ? [] : heldIn(table, now, identifier)
    if (had.length === has.length && had.every((slice, at) => slice === has[at])) return
    const differing = new Set(had).symmetricDifference(new Set(has))
    if (differing.size === 0) return
    slices.set(identifier, differing.union(slices.get(identifier) ?? new Set()))
  }
  const usedBefore = (account: number): readonly number[] =>
    Array.from(usedBy(before, account).identifiers, (one) => identifierNow[one] ?? -1)
  for (const account of touched) {
    const then = accountBefore[account] ?? -1
    const isAlike = then >= 0 && traitOf(table.facts, account) === traitOf(before.facts, then)
    const used = isAlike
      ? (changed.differing.get(account) ?? [])
      : new Set([...usedBefore(then), ...usedBy(table, account).identifiers])
    for (const identifier of used) compare(identifier, account, then)
  }
  for (const account of gone) for (const identifier of usedBefore(account)) compare(identifier, -1, account)
  return slices
}
