/** Lists of numbers, one a row, as columns that grow. */
import { Float64Column, Int32Column } from './columns.ts'

type Values = Int32Array | Float64Array

/** The list of a row lies in `values` from `starts[row]` to `starts[row + 1]`. */
export interface Lists<Of extends Values = Values> {
  readonly starts: Int32Array
  readonly values: Of
}

/** The rows from `first` to `end`. */
export interface RowRun {
  readonly first: number
  readonly end: number
}

/** Rows in the order given, in runs of those that follow each other. */
export function eachRun(rows: ArrayLike<number>, tell: (run: RowRun) => void): void {
  for (let place = 0; place < rows.length; ) {
    const first = rows[place] ?? 0
    let end = first
    while (place < rows.length && rows[place] === end) {
      place += 1
      end += 1
    }
    tell({ first, end })
  }
}

/** `rows`: how many there will be, where that is known. */
export function listColumn<Of extends Int32Column | Float64Column>(values: Of, rows = 0) {
  const starts = new Int32Column(rows + 1)
  starts.push(0)
  return {
    starts,
    values,
    add(list: readonly number[]): void {
      for (const value of list) values.push(value)
      starts.push(values.length)
    },
    copyAll(from: Lists, { first, end }: RowRun): void {
      const [begin = 0, until = 0] = [from.starts[first], from.starts[end]]
      const shift = values.length - begin
      if (begin < until) values.pushAll(from.values.subarray(begin, until))
      const ends = starts.more(end - first)
      for (let i = 0; i < ends.length; i++) ends[i] = (from.starts[first + i + 1] ?? 0) + shift
    },
    copy(from: Lists, row: number): void {
      const end = from.starts[row + 1] ?? 0
      for (let i = from.starts[row] ?? end; i < end; i++) values.push(from.values[i] ?? 0)
      starts.push(values.length)
    },
  }
}

/** The list of a row; empty for a row that is not there. */
export function listAt(values: Values, starts: Int32Array, row: number): readonly number[] {
  const [from = 0, end = 0] = [starts[row], starts[row + 1]]
  const list: number[] = []
  for (let i = from; i < end; i++) list.push(values[i] ?? 0)
  return list
}
