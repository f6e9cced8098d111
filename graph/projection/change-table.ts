/** A link table once some of its accounts and identifiers changed: the same as if it were read anew. */
import { isShared, rowWithout } from '../assertions/shared.ts'
import type { AccountState, IdentifierKey, IdentifierState } from '../model.ts'
import { compareText } from '../state/order.ts'
import { Int32Column } from './columns.ts'
import {
  type AccountRow,
  addedUses,
  birthDaysOf,
  compareIdentifiers,
  identifierRowOf,
  type LinkTable,
  rowOf,
} from './link-table.ts'
import { differingUses } from './uses/differing.ts'
import { usedBy } from './uses/of.ts'
import { type AddedUses, usesOf } from './uses/uses.ts'

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
  /** Of each that was touched, what it uses otherwise than before, as `differingUses` tells it. */
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
  const numberOf = (key: IdentifierKey): number => searchSorted(things.rows, key, compareIdentifiers)
  const { added, touched, gone, regrouped } = changedUses(before, { things, people, numberOf })
  const facts = people.rows.map(
    (row, account) => row?.facts ?? before.facts[people.before[account] ?? -1] ?? emptyRow.facts,
  )
  const table = {
    facts,
    identifiers: things.rows,
    uses: usesOf(added, {
      accounts: facts.length,
      identifiers: things.rows.length,
      before: {
        uses: before.uses,
        identifierBefore: things.before,
        identifierNow: things.now,
        accountNow: keptBy(people),
      },
    }),
    birthDays: birthDaysOf(facts),
    dataHasSignups: facts.some(({ bornAt }) => bornAt !== undefined),
    newestAt: facts.reduce((newest, one) => Math.max(newest, newestIn(one)), 0),
    asserted,
  }
  const numbers = {
    accountNow: people.now,
    identifierNow: things.now,
    accountBefore: people.before,
    identifierBefore: things.before,
  }
  const differing = differingUses({ before, table, ...numbers })
  return {
    before,
    table,
    ...numbers,
    touched,
    differing: new Map(touched.map((account) => [account, differing(account)])),
    gone,
    regrouped,
    renewed: things.renewed,
  }
}

/** Communities as they were, with accounts by the numbers they have now; -1 where there is none by that name. */
export const labelsNow = (
  communities: Int32Array,
  { accountNow, accountBefore }: Pick<ChangedTable, 'accountNow' | 'accountBefore'>,
): Int32Array =>
  accountBefore.map((before) => (before < 0 ? -1 : (accountNow[communities[before] ?? -1] ?? -1)))

const emptyRow = rowOf({ account: '', activities: [], uses: [], relations: [], labels: [] })

const newestIn = ({ conduct }: AccountRow['facts']): number =>
  Object.values(conduct).reduce((newest, { lastAt }) => Math.max(newest, lastAt), 0)

interface Merged<Row> {
  readonly rows: readonly Row[]
  readonly now: Int32Array
}

interface MergedAccounts extends Merged<AccountRow | undefined> {
  readonly before: Int32Array
}

/** A row is given for those that changed. */
function mergeAccounts(
  { facts, asserted }: LinkTable,
  changed: ReadonlyMap<string, AccountState | undefined>,
): MergedAccounts {
  const added = [...changed.values()]
    .flatMap((state) => (state ? [rowWithout(rowOf(state), asserted)] : []))
    .toSorted((a, b) => compareText(a.facts.account, b.facts.account))
  const rows: (AccountRow | undefined)[] = []
  const origin = new Int32Column()
  const now = new Int32Array(facts.length).fill(-1)
  let next = 0
  const addUpTo = (account: string | undefined): void => {
    for (; next < added.length; next++) {
      const row = added[next]
      if (!row || (account !== undefined && compareText(row.facts.account, account) >= 0)) return
      rows.push(row)
      origin.push(-1)
    }
  }
  facts.forEach(({ account }, number) => {
    addUpTo(account)
    if (changed.has(account) && !changed.get(account)) return
    const isChanged = added[next]?.facts.account === account
    now[number] = rows.length
    rows.push(isChanged ? added[next] : undefined)
    origin.push(number)
    if (isChanged) next += 1
  })
  addUpTo(undefined)
  return { rows, now, before: origin.values().slice() }
}

interface MergedIdentifiers extends Merged<LinkTable['identifiers'][number]> {
  readonly before: Int32Array
  readonly renewed: readonly number[]
}

function mergeIdentifiers(
  before: LinkTable['identifiers'],
  added: readonly IdentifierState[],
): MergedIdentifiers {
  const changed = added.map(identifierRowOf).toSorted(compareIdentifiers)
  const rows: LinkTable['identifiers'][number][] = []
  const now = new Int32Array(before.length)
  const renewed: number[] = []
  let next = 0
  before.forEach((row, number) => {
    for (let one = changed[next]; one && compareIdentifiers(one, row) < 0; one = changed[++next])
      rows.push(one)
    const found = changed[next]
    const isChanged = found !== undefined && compareIdentifiers(found, row) === 0
    if (isChanged) next += 1
    if (isChanged && (found.class !== row.class || found.mask !== row.mask)) renewed.push(rows.length)
    now[number] = rows.length
    rows.push(isChanged ? found : row)
  })
  rows.push(...changed.slice(next))
  const origin = new Int32Array(rows.length).fill(-1)
  now.forEach((place, number) => {
    origin[place] = number
  })
  return { rows, now, before: origin, renewed }
}

/** Where accounts that did not change are now; -1 for the others. */
const keptBy = ({ rows, now }: MergedAccounts): Int32Array =>
  now.map((account) => (account >= 0 && rows[account] === undefined ? account : -1))

interface ChangedUses extends Pick<ChangedTable, 'touched' | 'gone' | 'regrouped'> {
  /** All uses of accounts that changed or are new. */
  readonly added: AddedUses
}

function changedUses(
  before: LinkTable,
  {
    things,
    people,
    numberOf,
  }: { things: MergedIdentifiers; people: MergedAccounts; numberOf: (key: IdentifierKey) => number },
): ChangedUses {
  const added = addedUses(numberOf)
  const regrouped = new Set<number>()
  const touched: number[] = []
  people.rows.forEach((row, account) => {
    if (!row) return
    touched.push(account)
    const used = new Set(added.add(account, row.ties))
    const had = usedThen(before, people.before[account] ?? -1, things)
    for (const identifier of used.symmetricDifference(had)) regrouped.add(identifier)
  })
  const gone = [...people.now.keys()].filter((account) => people.now[account] === -1)
  for (const account of gone)
    for (const identifier of usedThen(before, account, things)) regrouped.add(identifier)
  return { added: added.uses(), touched, gone, regrouped: [...regrouped].toSorted((a, b) => a - b) }
}

/** What an account used, by the numbers of identifiers now. */
const usedThen = (before: LinkTable, account: number, { now }: MergedIdentifiers): ReadonlySet<number> =>
  new Set(Array.from(usedBy(before, account).identifiers, (one) => now[one] ?? -1))

/** Where a key lies in ascending rows; -1 where it does not. */
function searchSorted<Row extends Key, Key>(
  rows: readonly Row[],
  key: Key,
  compare: (a: Key, b: Key) => number,
): number {
  let [from, to] = [0, rows.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    const row = rows[middle]
    if (row && compare(row, key) < 0) from = middle + 1
    else to = middle
  }
  const found = rows[from]
  return found && compare(found, key) === 0 ? from : -1
}
