/**
 * Who uses which identifier and when, as columns: all that linking and judging read of uses. Tables that came of one another
 * share a log of rows, to which is added what changed, so that a change costs what it changes and the table before stays as it was.
 */
import { Int32Column, rowsByKey, startsOf, valuesAt } from '../columns.ts'
import { type RowLog, roomFor } from '../row-log.ts'
import { numbersIn, type Slots, slotsOf } from '../slots.ts'
import { type UseRows, type UseRowWriter, type UseSizes, useRowWriter } from './rows.ts'

export interface UsesByIdentifier extends UseRows {
  /** Those of an identifier lie from `starts[identifier]` to `starts[identifier + 1]`, by account ascending. */
  readonly starts: Int32Array
}

/** By number, where its rows lie in a column that all share. */
export interface Blocks {
  readonly starts: Int32Array
  readonly ends: Int32Array
}

export interface Uses {
  /** Accounts and hardware by slots. A row's place is the number of the use. */
  readonly rows: UseRows
  /** By identifier, its uses, by account ascending. */
  readonly blocks: Blocks
  /** By account, what it uses, ascending: slots of identifiers. */
  readonly own: Blocks & { readonly values: Int32Array }
  readonly accounts: Slots
  readonly identifiers: Slots
  readonly log: UseLog
  /** The same in order of numbers, where nothing was changed since all was written. */
  readonly inOrder?: UsesByIdentifier
}

/** Of as many own ones as rows. */
export interface UseLog extends RowLog<UseRowWriter> {
  readonly own: Int32Column
}

/** Whether two accounts share hardware through which alone both showed what these uses are of. */
export function isTold({ throughStarts, through }: UseRows, one: number, other: number): boolean {
  const [endOfOne = 0, endOfOther = 0] = [throughStarts[one + 1], throughStarts[other + 1]]
  for (let i = throughStarts[one] ?? 0; i < endOfOne; i++)
    for (let j = throughStarts[other] ?? 0; j < endOfOther; j++) if (through[i] === through[j]) return true
  return false
}

/** Uses in any order, each with its identifier. */
export interface AddedUses extends UseRows {
  readonly identifiers: Int32Array
}

export interface UseCounts {
  readonly accounts: number
  readonly identifiers: number
}

export function usesOf(added: AddedUses, counts: UseCounts): Uses {
  const { starts, rows } = byIdentifier(added, counts)
  const out = useRowWriter(withRoom(sizesOf(added)))
  for (const row of rows) out.copy(added.accounts[row] ?? 0, added, row)
  return wholeUses(out, starts, counts.accounts)
}

/** Of rows by identifier, accounts and hardware by their numbers. */
export function wholeUses(rows: UseRowWriter, starts: Int32Array, accounts: number): Uses {
  const written = rows.rows()
  const own = ownOf(written.accounts, starts, accounts)
  return {
    rows: written,
    blocks: { starts: starts.subarray(0, -1), ends: starts.subarray(1) },
    own: { ...own.blocks, values: own.column.values() },
    accounts: slotsOf(accounts),
    identifiers: slotsOf(starts.length - 1),
    log: { rows, own: own.column, rowsMax: roomFor(rows.length) },
    inOrder: { ...written, starts },
  }
}

/** By the numbers accounts and identifiers have; in columns of their own after a change. */
export function usesInOrder(uses: Uses): UsesByIdentifier {
  if (uses.inOrder) return uses.inOrder
  const { starts, rows } = rowsInOrder(uses, sizesOf(uses.rows))
  return { ...rows.rows(), starts }
}

/** What each account uses, one after the other, by the numbers that identifiers have. */
export function ownInOrder({ own, identifiers }: Pick<Uses, 'own' | 'identifiers'>) {
  const counts = own.starts.map((start, account) => (own.ends[account] ?? start) - start)
  const all = new Int32Column()
  for (let account = 0; account < counts.length; account++)
    all.pushAll(numbersIn(identifiers, own.values.subarray(own.starts[account], own.ends[account])))
  return { counts, identifiers: all.exactly() }
}

/** The same with a log that nobody else has. */
export function usesAnew(uses: Uses): Uses {
  const { starts, rows } = rowsInOrder(uses, withRoom(sizesOf(uses.rows)))
  return wholeUses(rows, starts, uses.own.starts.length)
}

function rowsInOrder({ rows: from, blocks, accounts, identifiers }: Uses, sizes: UseSizes) {
  const rows = useRowWriter(sizes)
  const starts = new Int32Array(blocks.starts.length + 1)
  const kept = { ...from, through: from.through.map((slot) => identifiers.numberOf[slot] ?? -1) }
  let [first, end] = [0, 0]
  const endRun = (): void => {
    if (first < end) rows.copyAll(kept, { first, end, accountNow: accounts.numberOf })
  }
  for (let identifier = 0; identifier < blocks.starts.length; identifier++) {
    const [start = 0, until = 0] = [blocks.starts[identifier], blocks.ends[identifier]]
    if (start !== end) {
      endRun()
      first = start
    }
    end = until
    starts[identifier + 1] = (starts[identifier] ?? 0) + until - start
  }
  endRun()
  return { starts, rows }
}

const sizesOf = ({ accounts, days, times, through }: UseRows): UseSizes => ({
  uses: accounts.length,
  days: days.length,
  times: times.length,
  through: through.length,
})

const withRoom = ({ uses, days, times, through }: UseSizes): UseSizes => ({
  uses: roomFor(uses),
  days: roomFor(days),
  times: roomFor(times),
  through: roomFor(through),
})

/** Rows in order of identifiers, those of one by account. */
function byIdentifier(
  { accounts, identifiers }: Pick<AddedUses, 'accounts' | 'identifiers'>,
  counts: UseCounts,
): { readonly starts: Int32Array; readonly rows: Int32Array } {
  const byAccount = rowsByKey(accounts, startsOf(accounts, counts.accounts))
  const keys = valuesAt(identifiers, byAccount)
  const starts = startsOf(keys, counts.identifiers)
  return { starts, rows: valuesAt(byAccount, rowsByKey(keys, starts)) }
}

/** By account, the identifiers it uses. */
function ownOf(accounts: Int32Array, starts: Int32Array, count: number) {
  const ownStarts = startsOf(accounts, count)
  const column = new Int32Column(roomFor(accounts.length))
  const values = column.more(accounts.length)
  const next = ownStarts.slice()
  let use = 0
  for (let identifier = 0; identifier + 1 < starts.length; identifier++)
    for (const end = starts[identifier + 1] ?? 0; use < end; use++) {
      const account = accounts[use] ?? 0
      const place = next[account] ?? 0
      next[account] = place + 1
      values[place] = identifier
    }
  return { column, blocks: { starts: ownStarts.subarray(0, -1), ends: ownStarts.subarray(1) } }
}
