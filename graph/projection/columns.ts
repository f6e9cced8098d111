interface Kind<Values> {
  readonly of: (buffer: ArrayBuffer) => Values
  readonly bytesEach: number
}

/**
 * A column of numbers that grows, because nobody knows beforehand how many rows a scan will bring. Memory it grows out of goes back at
 * once, and not when garbage is looked for, unless somebody has seen it.
 */
class Column<Values extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>> {
  #values: Values
  readonly #kind: Kind<Values>
  #isSeen = false
  length = 0

  constructor(kind: Kind<Values>, capacity: number) {
    this.#kind = kind
    this.#values = kind.of(new ArrayBuffer(Math.max(leastCapacity, capacity) * kind.bytesEach))
  }

  push(value: number): void {
    if (this.length === this.#values.length) this.#grow(this.length * 2)
    this.#values[this.length++] = value
  }

  pushAll(values: ArrayLike<number>): void {
    const length = this.length + values.length
    if (length > this.#values.length) this.#grow(Math.max(length, this.length * 2))
    this.#values.set(values, this.length)
    this.length = length
  }

  /** So many more values, for whoever fills them before more are asked for. */
  more(count: number): Values {
    const length = this.length + count
    if (length > this.#values.length) this.#grow(Math.max(length, this.length * 2))
    const from = this.length
    this.length = length
    return this.#values.subarray(from, length) as Values
  }

  #grow(capacity: number): void {
    this.#resize(Math.max(leastCapacity, capacity))
  }

  #resize(length: number): void {
    const bytes = length * this.#kind.bytesEach
    const { buffer } = this.#values
    this.#values = this.#kind.of(this.#isSeen ? copied(buffer, bytes) : buffer.transfer(bytes))
    this.#isSeen = false
  }

  /** The values so far: what is pushed afterwards is not among them. */
  values(): Values {
    this.#isSeen = true
    // A part of an array of one type is of that type.
    return this.#values.subarray(0, this.length) as Values
  }

  /** The same for whoever keeps them: without the room that was made for more. */
  exactly(): Values {
    this.#resize(this.length)
    this.#isSeen = true
    return this.#values
  }
}

function copied(buffer: ArrayBuffer, bytes: number): ArrayBuffer {
  if (bytes <= buffer.byteLength) return buffer.slice(0, bytes)
  const larger = new ArrayBuffer(bytes)
  new Uint8Array(larger).set(new Uint8Array(buffer))
  return larger
}

const leastCapacity = 16
const usualCapacity = 1_024

export class Int32Column extends Column<Int32Array<ArrayBuffer>> {
  constructor(capacity = usualCapacity) {
    super({ of: (buffer) => new Int32Array(buffer), bytesEach: Int32Array.BYTES_PER_ELEMENT }, capacity)
  }
}

export class Float64Column extends Column<Float64Array<ArrayBuffer>> {
  constructor(capacity = usualCapacity) {
    super({ of: (buffer) => new Float64Array(buffer), bytesEach: Float64Array.BYTES_PER_ELEMENT }, capacity)
  }
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

/** Rows in order; `undefined` where they are in order as they are. */
export function orderOf(count: number, compare: (a: number, b: number) => number): Uint32Array | undefined {
  let row = 1
  while (row < count && compare(row - 1, row) <= 0) row += 1
  if (row >= count) return undefined
  return new Uint32Array(count).map((_, place) => place).sort(compare)
}
