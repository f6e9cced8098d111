/** Writes accounts as columns: as they are told, or copied in runs from other columns. */
import type { AccountFacts, Conduct } from '../evidence/account-facts.ts'
import { compareText } from '../state/order.ts'
import { Accounts, type Rare, stateTypes, unlessNothing } from './account-columns.ts'
import { Float64Column, Int32Column, orderOf } from './columns.ts'
import { type Lists, listColumn, type RowRun } from './list-column.ts'

const placeOfType: ReadonlyMap<string, number> = new Map(stateTypes.map((type, place) => [type, place]))

const conductList = (conduct: Conduct): readonly number[] =>
  Object.entries(conduct).flatMap(([type, { count, firstAt, lastAt }]) => [
    placeOfType.get(type) ?? -1,
    count,
    firstAt,
    lastAt,
  ])

/** Writes rows in their order. */
export function accountWriter() {
  const ids: string[] = []
  const rare: (Rare | undefined)[] = []
  const [bornAt, firstSeenAt] = [new Float64Column(), new Float64Column()]
  const lists = listWriters()
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
    copyAll({ columns }: Accounts, run: RowRun): void {
      for (let row = run.first; row < run.end; row++) {
        ids.push(columns.ids[row] ?? '')
        rare.push(columns.rare[row])
      }
      bornAt.pushAll(columns.bornAt.subarray(run.first, run.end))
      firstSeenAt.pushAll(columns.firstSeenAt.subarray(run.first, run.end))
      lists.conduct.copyAll(columns.conduct, run)
      for (const name of plainLists) lists[name].copyAll(columns[name], run)
    },
    /** Do not write afterwards. */
    accounts: (): Accounts =>
      new Accounts({
        ids,
        bornAt: bornAt.exactly(),
        firstSeenAt: firstSeenAt.exactly(),
        conduct: listsOf(lists.conduct),
        activeDays: listsOf(lists.activeDays),
        sensitiveChangesAt: listsOf(lists.sensitiveChangesAt),
        payoutChangesAt: listsOf(lists.payoutChangesAt),
        chargebacksAt: listsOf(lists.chargebacksAt),
        failedLoginsAt: listsOf(lists.failedLoginsAt),
        rare,
      }),
  }
}

const listWriters = () => ({
  conduct: listColumn(new Float64Column()),
  activeDays: listColumn(new Int32Column()),
  sensitiveChangesAt: listColumn(new Float64Column()),
  payoutChangesAt: listColumn(new Float64Column()),
  chargebacksAt: listColumn(new Float64Column()),
  failedLoginsAt: listColumn(new Float64Column()),
})

/** Lists that facts have as they are. */
const plainLists = [
  'activeDays',
  'sensitiveChangesAt',
  'payoutChangesAt',
  'chargebacksAt',
  'failedLoginsAt',
] as const

const listsOf = <Of extends Int32Array | Float64Array>({
  starts,
  values,
}: {
  readonly starts: Int32Column
  readonly values: { exactly(): Of }
}): Lists<Of> => ({ starts: starts.exactly(), values: values.exactly() })

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
    out.copyAll(told, { first: row, end: row + 1 })
  })
  return { accounts: out.accounts(), numberNow }
}
