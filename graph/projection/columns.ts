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
