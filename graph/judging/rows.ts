/** Rows that are looked at, of accounts or of communities. */

export interface Rows {
  /** Ascending. */
  readonly list: Int32Array
  has(row: number): boolean
}

export function everyRow(count: number): Rows {
  return { list: Int32Array.from({ length: count }, (_, row) => row), has: () => true }
}

export interface RowSet extends Rows {
  add(row: number): void
  addAll(rows: Iterable<number>): void
}

/** Of `count` rows those that are added; numbers of none (-1) are passed over. */
export function rowSet(count: number, rows: Iterable<number> = []): RowSet {
  const isIn = new Uint8Array(count)
  let list: Int32Array | undefined
  const set: RowSet = {
    get list() {
      list ??= Int32Array.from(isIn.keys().filter((row) => isIn[row] === 1))
      return list
    },
    has: (row) => isIn[row] === 1,
    add(row) {
      isIn[row] = 1
      list = undefined
    },
    addAll(more) {
      for (const row of more) set.add(row)
    },
  }
  set.addAll(rows)
  return set
}
