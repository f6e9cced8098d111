/** Rows that are looked at, of accounts or of communities. */

export interface Rows {
  /** Ascending. */
  readonly list: Int32Array
  has(row: number): boolean
}

export function everyRow(count: number): Rows {
  return { list: new Int32Array(count).map((_, row) => row), has: () => true }
}

export interface RowSet extends Rows {
  add(row: number): void
  addAll(rows: Iterable<number>): void
}

/** Of `count` rows those that are added; numbers of none (-1) are passed over. */
export function rowSet(count: number, rows: Iterable<number> = []): RowSet {
  const isIn = new Uint8Array(count)
  let size = 0
  let list: Int32Array | undefined
  const set: RowSet = {
    get list() {
      list ??= placesOf(isIn, size)
      return list
    },
    has: (row) => isIn[row] === 1,
    add(row) {
      // A row that there is none of stays undefined.
      if (isIn[row] !== 0) return
      isIn[row] = 1
      size += 1
      list = undefined
    },
    addAll(more) {
      for (const row of more) set.add(row)
    },
  }
  set.addAll(rows)
  return set
}

/** Where the `size` rows lie that are in. */
function placesOf(isIn: Uint8Array, size: number): Int32Array {
  const list = new Int32Array(size)
  let next = 0
  for (let row = 0; next < size; row++) if (isIn[row] === 1) list[next++] = row
  return list
}
