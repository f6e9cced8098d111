/** Uses as they are read or carried over, a row each, in columns: an object a use is what a large population has no room for. */
import type { Tie } from '../../evidence/account-facts.ts'
import { Float64Column, Int32Column } from '../columns.ts'

export interface UseRows {
  readonly accounts: Int32Array
  readonly firstAt: Float64Array
  readonly lastAt: Float64Array
  /** The days of a use lie from `dayStarts[use]` to `dayStarts[use + 1]`, ascending. */
  readonly dayStarts: Int32Array
  readonly days: Int32Array
  /** Of kind `target` only, in no order. */
  readonly timeStarts: Int32Array
  readonly times: Float64Array
  /** Identifiers of the hardware through which alone it was seen. */
  readonly throughStarts: Int32Array
  readonly through: Int32Array
}

export type ToldTie = Pick<Tie, 'firstAt' | 'lastAt' | 'days' | 'times'>

export interface UseRowWriter {
  readonly length: number
  add(account: number, tie: ToldTie, through: readonly number[]): void
  copy(account: number, from: UseRows, row: number): void
  /** Those from `first` to `end`, of accounts by the numbers they have now. */
  copyAll(from: UseRows, run: UseRun): void
  /** Do not write afterwards. */
  rows(): UseRows
}

export interface UseRun {
  readonly first: number
  readonly end: number
  readonly accountNow: Int32Array
}

export interface UseSizes {
  readonly uses: number
  readonly days: number
  readonly times: number
  readonly through: number
}

/** `sizes`: the most that will be written, where that is known. */
export function useRowWriter(sizes?: UseSizes): UseRowWriter {
  const accounts = new Int32Column(sizes?.uses)
  const [firstAt, lastAt] = [new Float64Column(sizes?.uses), new Float64Column(sizes?.uses)]
  const days = listColumn(new Int32Column(sizes?.days), sizes?.uses)
  const times = listColumn(new Float64Column(sizes?.times), sizes?.uses)
  const through = listColumn(new Int32Column(sizes?.through), sizes?.uses)
  const open = (account: number, from: number, until: number): void => {
    accounts.push(account)
    firstAt.push(from)
    lastAt.push(until)
  }
  return {
    get length() {
      return accounts.length
    },
    add(account, tie, carriers) {
      open(account, tie.firstAt, tie.lastAt)
      days.add(tie.days)
      times.add(tie.times)
      through.add(carriers)
    },
    copy(account, from, row) {
      open(account, from.firstAt[row] ?? 0, from.lastAt[row] ?? 0)
      days.copy(from.days, from.dayStarts, row)
      times.copy(from.times, from.timeStarts, row)
      through.copy(from.through, from.throughStarts, row)
    },
    copyAll(from, run) {
      const { first, end, accountNow } = run
      const numbers = accounts.more(end - first)
      for (let i = 0; i < numbers.length; i++) numbers[i] = accountNow[from.accounts[first + i] ?? 0] ?? -1
      firstAt.pushAll(from.firstAt.subarray(first, end))
      lastAt.pushAll(from.lastAt.subarray(first, end))
      days.copyAll(from.days, from.dayStarts, run)
      times.copyAll(from.times, from.timeStarts, run)
      through.copyAll(from.through, from.throughStarts, run)
    },
    rows: () => ({
      accounts: accounts.values(),
      firstAt: firstAt.values(),
      lastAt: lastAt.values(),
      dayStarts: days.starts.values(),
      days: days.values.values(),
      timeStarts: times.starts.values(),
      times: times.values.values(),
      throughStarts: through.starts.values(),
      through: through.values.values(),
    }),
  }
}

/** A list of numbers a row. */
function listColumn<Values extends Int32Column | Float64Column>(values: Values, rows = 0) {
  const starts = new Int32Column(rows + 1)
  starts.push(0)
  return {
    starts,
    values,
    add(list: readonly number[]): void {
      for (const value of list) values.push(value)
      starts.push(values.length)
    },
    copyAll(from: Int32Array | Float64Array, fromStarts: Int32Array, { first, end }: UseRun): void {
      const [begin = 0, until = 0] = [fromStarts[first], fromStarts[end]]
      const shift = values.length - begin
      if (begin < until) values.pushAll(from.subarray(begin, until))
      const ends = starts.more(end - first)
      for (let i = 0; i < ends.length; i++) ends[i] = (fromStarts[first + i + 1] ?? 0) + shift
    },
    copy(from: Int32Array | Float64Array, fromStarts: Int32Array, row: number): void {
      const end = fromStarts[row + 1] ?? 0
      for (let i = fromStarts[row] ?? end; i < end; i++) values.push(from[i] ?? 0)
      starts.push(values.length)
    },
  }
}
