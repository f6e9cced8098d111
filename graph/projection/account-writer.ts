/** Writes accounts as columns: as they are told, or copied in runs from other columns. */
import type { AccountFacts, Conduct } from '../evidence/account-facts.ts'
import { compareText } from '../state/order.ts'
import {
  type AccountColumns,
  type AccountLog,
  Accounts,
  type Rare,
  stateTypes,
  unlessNothing,
} from './account-columns.ts'
import { Float64Column, Int32Column, orderOf } from './columns.ts'
import { eachRun, type Lists, listColumn, type RowRun } from './list-column.ts'
import type { Merged } from './merge-sorted.ts'
import { rowsAfter } from './row-log.ts'
import { slotsOf } from './slots.ts'

const placeOfType: ReadonlyMap<string, number> = new Map(stateTypes.map((type, place) => [type, place]))

const conductList = (conduct: Conduct): readonly number[] =>
  Object.entries(conduct).flatMap(([type, { count, firstAt, lastAt }]) => [
    placeOfType.get(type) ?? -1,
    count,
    firstAt,
    lastAt,
  ])

/** Writes rows in their order. */
export function accountWriter(rowCount?: number) {
  const ids: string[] = []
  const rare: (Rare | undefined)[] = []
  const [bornAt, firstSeenAt] = [new Float64Column(rowCount), new Float64Column(rowCount)]
  const lists = listWriters(rowCount)
  return {
    get length() {
      return ids.length
    },
    add(facts: AccountFacts): void {
      const { failedLogins, labels, relations } = facts
      ids.push(facts.account)
      rare.push(unlessNothing({ failedLogins, labels, relations }))
      bornAt.push(facts.bornAt ?? Number.NaN)
      firstSeenAt.push(facts.firstSeenAt ?? Number.NaN)
      lists.conduct.add(conductList(facts.conduct))
      for (const name of plainLists) lists[name].add(facts[name])
    },
    copyAll(columns: AccountColumns, run: RowRun): void {
      for (let row = run.first; row < run.end; row++) {
        ids.push(columns.ids[row] ?? '')
        rare.push(columns.rare[row])
      }
      bornAt.pushAll(columns.bornAt.subarray(run.first, run.end))
      firstSeenAt.pushAll(columns.firstSeenAt.subarray(run.first, run.end))
      lists.conduct.copyAll(columns.conduct, run)
      for (const name of plainLists) lists[name].copyAll(columns[name], run)
    },
    /** Those so far, in views of columns to which more may be written. */
    rows: (): AccountColumns => ({
      ids,
      rare,
      bornAt: bornAt.values(),
      firstSeenAt: firstSeenAt.values(),
      ...listsIn(lists, (column) => column.values()),
    }),
    /** All, in columns without room for more. Do not write afterwards. */
    accounts: (): Accounts =>
      new Accounts({
        rows: {
          ids,
          rare,
          bornAt: bornAt.exactly(),
          firstSeenAt: firstSeenAt.exactly(),
          ...listsIn(lists, (column) => column.exactly()),
        },
        rowOf: slotsOf(ids.length).slotOf,
      }),
  }
}

/** For `rowCount` accounts in all; of those known, in order of their numbers. */
export function accountWriterFrom(accounts: Accounts, rowCount: number): AccountWriter {
  const { rows, rowOf } = accounts.found
  const out = accountWriter(rowCount)
  eachRun(rowOf, (run) => out.copyAll(rows, run))
  return out
}

/** `changed`: beside each of `merged.changed`. */
export function accountsAfter(known: Accounts, merged: Merged, changed: readonly AccountFacts[]): Accounts {
  const { log, rowOf } = rowsAfter<AccountFacts, AccountLog>(known.found, merged, {
    write: (rowCount) => accountWriterFrom(known, rowCount),
    rowAt: (place) => changed[place],
  })
  return new Accounts({ rows: log.rows.rows(), rowOf, log })
}

/** The columns that accounts have by themselves, in order of their numbers: equal where accounts are. */
export const columnsOf = (accounts: Accounts): AccountColumns =>
  accountWriterFrom(accounts, accounts.length).accounts().found.rows

export type AccountWriter = ReturnType<typeof accountWriter>

const listWriters = (rowCount?: number) => ({
  conduct: listColumn(new Float64Column(), rowCount),
  activeDays: listColumn(new Int32Column(), rowCount),
  sensitiveChangesAt: listColumn(new Float64Column(), rowCount),
  payoutChangesAt: listColumn(new Float64Column(), rowCount),
  chargebacksAt: listColumn(new Float64Column(), rowCount),
  failedLoginsAt: listColumn(new Float64Column(), rowCount),
})

/** Lists that facts have as they are. */
const plainLists = [
  'activeDays',
  'sensitiveChangesAt',
  'payoutChangesAt',
  'chargebacksAt',
  'failedLoginsAt',
] as const

/** What of a column is asked for: all of it, or all without room for more. */
type Take = <Of>(column: { values(): Of; exactly(): Of }) => Of

const listsIn = (lists: ReturnType<typeof listWriters>, take: Take) => {
  const listsOf = <Of extends Int32Array | Float64Array>(list: {
    readonly starts: Int32Column
    readonly values: { values(): Of; exactly(): Of }
  }): Lists<Of> => ({ starts: take(list.starts), values: take(list.values) })
  return {
    conduct: listsOf(lists.conduct),
    activeDays: listsOf(lists.activeDays),
    sensitiveChangesAt: listsOf(lists.sensitiveChangesAt),
    payoutChangesAt: listsOf(lists.payoutChangesAt),
    chargebacksAt: listsOf(lists.chargebacksAt),
    failedLoginsAt: listsOf(lists.failedLoginsAt),
  }
}

/** By id, whatever order they were told in; and the number now of each. */
export function sortedAccounts(told: Accounts): {
  readonly accounts: Accounts
  readonly numberNow: Int32Array
} {
  const order = orderOf(told.length, (a, b) => compareText(told.idAt(a), told.idAt(b)))
  const numberNow = new Int32Array(told.length)
  if (!order) return { accounts: told, numberNow: numberNow.map((_, row) => row) }
  const out = accountWriter()
  order.forEach((row, number) => {
    numberNow[row] = number
    out.copyAll(told.found.rows, { first: row, end: row + 1 })
  })
  return { accounts: out.accounts(), numberNow }
}
