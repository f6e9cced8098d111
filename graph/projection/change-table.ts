/** A link table once some of its accounts and identifiers changed: the same as if it were read anew. */
import { isShared, rowWithout } from '../assertions/shared.ts'
import type { AccountState, IdentifierKey, IdentifierState } from '../model.ts'
import { compareText } from '../state/order.ts'
import type { Accounts } from './account-columns.ts'
import { accountsAfter } from './account-writer.ts'
import { compareIdentifiers, type Identifiers } from './identifier-columns.ts'
import { identifiersAfter } from './identifier-writer.ts'
import {
  type AccountRow,
  birthDayOf,
  hasBirths,
  identifierRowOf,
  type LinkTable,
  noDay,
  rowOf,
  toldUses,
} from './link-table.ts'
import { type Merged, mergeSorted } from './merge-sorted.ts'
import { changeUses } from './uses/changed.ts'
import { identifiersUsed } from './uses/of.ts'

export interface StateChange {
  /** As they are now, by id; `undefined` once they are gone. */
  readonly accounts: ReadonlyMap<string, AccountState | undefined>
  /** New ones, and those of which something is known anew. */
  readonly identifiers: readonly IdentifierState[]
}

export interface ChangedTable {
  readonly before: LinkTable
  readonly table: LinkTable
  /** The number now of each account and identifier that was there before; -1 for those that are gone. */
  readonly accountNow: Int32Array
  readonly identifierNow: Int32Array
  /** The number before of each account and identifier that is there now; -1 for those that are new. */
  readonly accountBefore: Int32Array
  readonly identifierBefore: Int32Array
  /** Accounts that changed or are new, and numbers before of those that are gone. Ascending. */
  readonly touched: readonly number[]
  readonly gone: readonly number[]
  /** Of each that was touched, what it uses otherwise than before (uses/changed.ts). */
  readonly differing: ReadonlyMap<number, readonly number[]>
  /** Identifiers whose accounts are others than before, and those of which something is known anew. Ascending. */
  readonly regrouped: readonly number[]
  readonly renewed: readonly number[]
}

export function changeTable(before: LinkTable, { accounts, identifiers }: StateChange): ChangedTable {
  const { asserted } = before
  const things = mergeIdentifiers(
    before.identifiers,
    identifiers.filter((key) => !isShared(asserted, key)),
  )
  const people = mergeAccounts(before, accounts)
  const { uses, differing, regrouped } = changeUses(before.uses, {
    accounts: people,
    identifiers: things,
    told: people.found.map(({ ties }, place) =>
      toldUses(ties, numbersNow(before, things, people.before[people.changed[place] ?? -1] ?? -1)),
    ),
  })
  const facts = people.rows
  const table = {
    facts,
    identifiers: things.rows,
    uses,
    birthDays: birthDaysNow(before, people),
    dataHasSignups: hasBirths(facts),
    newestAt: newestNow(before, people),
    asserted,
  }
  const numbers = {
    accountNow: people.now,
    identifierNow: things.now,
    accountBefore: people.before,
    identifierBefore: things.before,
  }
  return {
    before,
    table,
    ...numbers,
    touched: people.changed,
    differing,
    gone: people.gone,
    regrouped,
    renewed: things.renewed,
  }
}

/** Communities as they were, with accounts by the numbers they have now; -1 where there is none by that name. */
export const labelsNow = (
  communities: Int32Array,
  { accountNow, accountBefore }: Pick<ChangedTable, 'accountNow' | 'accountBefore'>,
): Int32Array =>
  accountNow === accountBefore
    ? communities
    : accountBefore.map((before) => (before < 0 ? -1 : (accountNow[communities[before] ?? -1] ?? -1)))

/** Of what an account used before the number is known: most of what it uses now. Ties come in order of their identifiers. */
function numbersNow(
  { uses, identifiers }: LinkTable,
  { rows, now }: MergedIdentifiers,
  account: number,
): (key: IdentifierKey) => number {
  const known = identifiersUsed(uses, account)
  let next = 0
  return (key) => {
    while (next < known.length && identifiers.compareAt(known[next] ?? -1, key) < 0) next += 1
    const number = known[next] ?? -1
    const isIt = number >= 0 && identifiers.compareAt(number, key) === 0
    return isIt ? (now[number] ?? -1) : rows.numberOf(key)
  }
}

/** Everybody is looked at only where whoever was seen last changed and was seen no later. */
function newestNow({ facts, newestAt }: LinkTable, { rows, changed, gone, before }: MergedAccounts): number {
  const newest = newestAmong(rows, changed)
  if (newest >= newestAt) return newest
  const was = newestAmong(facts, [...gone, ...changed.map((account) => before[account] ?? -1)])
  return was < newestAt ? newestAt : newestAmong(rows, rows.ids.keys())
}

const newestAmong = (facts: Accounts, numbers: Iterable<number>): number => {
  let newest = 0
  for (const number of numbers) newest = Math.max(newest, facts.newestAt(number))
  return newest
}

function birthDaysNow({ birthDays }: LinkTable, { rows, changed, now, before }: MergedAccounts): Int32Array {
  const days = now === before ? birthDays.slice() : before.map((number) => birthDays[number] ?? noDay)
  for (const account of changed) days[account] = birthDayOf(rows, account)
  return days
}

interface MergedAccounts extends Merged {
  readonly rows: Accounts
  /** The whole rows of those in `changed`, in their order. */
  readonly found: readonly AccountRow[]
}

function mergeAccounts(
  { facts, asserted }: LinkTable,
  changes: ReadonlyMap<string, AccountState | undefined>,
): MergedAccounts {
  const ordered = [...changes].toSorted(([a], [b]) => compareText(a, b))
  const merged = mergeSorted(
    { length: facts.length, compareAt: (row, key: string) => compareText(facts.idAt(row), key) },
    ordered.map(([key, state]) => ({ key, isGone: !state })),
  )
  const found = ordered.flatMap(([, state]) => (state ? [rowWithout(rowOf(state), asserted)] : []))
  const rows = accountsAfter(
    facts,
    merged,
    found.map((row) => row.facts),
  )
  return { ...merged, rows, found }
}

interface MergedIdentifiers extends Merged {
  readonly rows: Identifiers
  readonly renewed: readonly number[]
}

function mergeIdentifiers(known: Identifiers, added: readonly IdentifierState[]): MergedIdentifiers {
  const found = added.map(identifierRowOf).toSorted(compareIdentifiers)
  const merged = mergeSorted(
    { length: known.length, compareAt: (row, key: (typeof found)[number]) => known.compareAt(row, key) },
    found.map((key) => ({ key, isGone: false })),
  )
  const isRenewed = (place: number): boolean => {
    const [was, is] = [known.at(merged.before[merged.changed[place] ?? -1] ?? -1), found[place]]
    return was !== undefined && (is?.class !== was.class || is?.mask !== was.mask)
  }
  const renewed = merged.changed.filter((_, place) => isRenewed(place))
  // Most of what is told was only seen once more.
  if (merged.now === merged.before && renewed.length === 0) return { ...merged, rows: known, renewed }
  const isNew = (place: number): boolean => (merged.before[merged.changed[place] ?? -1] ?? -1) < 0
  const changed = found.map((row, place) => (isNew(place) || isRenewed(place) ? row : undefined))
  return { ...merged, rows: identifiersAfter(known, merged, changed), renewed }
}
