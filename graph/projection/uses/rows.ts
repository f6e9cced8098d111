/** Uses as they are read or carried over, a row each, in columns: an object a use is what a large population has no room for. */
import type { Tie } from '../../evidence/account-facts.ts'
import { Float64Column, Int32Column } from '../columns.ts'
import { type Lists, listColumn, type RowRun } from '../list-column.ts'

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
  /** Those so far: what is written afterwards is not among them. */
  rows(): UseRows
}

export interface UseRun extends RowRun {
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
      days.copy(daysOf(from), row)
      times.copy(timesOf(from), row)
      through.copy(throughOf(from), row)
    },
    copyAll(from, run) {
      const { first, end, accountNow } = run
      const numbers = accounts.more(end - first)
      for (let i = 0; i < numbers.length; i++) numbers[i] = accountNow[from.accounts[first + i] ?? 0] ?? -1
      firstAt.pushAll(from.firstAt.subarray(first, end))
      lastAt.pushAll(from.lastAt.subarray(first, end))
      days.copyAll(daysOf(from), run)
      times.copyAll(timesOf(from), run)
      through.copyAll(throughOf(from), run)
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

const daysOf = ({ days: values, dayStarts: starts }: UseRows): Lists => ({ starts, values })
const timesOf = ({ times: values, timeStarts: starts }: UseRows): Lists => ({ starts, values })
const throughOf = ({ through: values, throughStarts: starts }: UseRows): Lists => ({ starts, values })
