/** A column of numbers that grows, because nobody knows beforehand how many rows a scan will bring. */
export class Int32Column {
  #values = new Int32Array(1_024)
  length = 0

  push(value: number): void {
    if (this.length === this.#values.length) this.#values = doubled(this.#values)
    this.#values[this.length++] = value
  }

  /** The values so far; do not push afterwards. */
  values(): Int32Array {
    return this.#values.subarray(0, this.length)
  }
}

function doubled(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2)
  larger.set(values)
  return larger
}

/** Where the rows of each key begin once they are sorted by it: those of `key` end where the next one's begin. */
export function startsOf(keys: Int32Array, count: number): Int32Array {
  const starts = new Int32Array(count + 1)
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row] ?? 0
    starts[key + 1] = (starts[key + 1] ?? 0) + 1
  }
  for (let key = 0; key < count; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0)
  return starts
}

/** Numbers of rows in order of their keys, those of one key in the order they have (a counting sort). */
export function rowsByKey(keys: Int32Array, starts: Int32Array): Int32Array {
  const next = starts.slice()
  const rows = new Int32Array(keys.length)
  for (let row = 0; row < keys.length; row++) {
    const place = next[keys[row] ?? 0] ?? 0
    next[keys[row] ?? 0] = place + 1
    rows[place] = row
  }
  return rows
}

/** The values that a column has in these rows. */
export function valuesAt(column: Int32Array, rows: Int32Array): Int32Array {
  const values = new Int32Array(rows.length)
  for (let i = 0; i < rows.length; i++) values[i] = column[rows[i] ?? 0] ?? 0
  return values
}
