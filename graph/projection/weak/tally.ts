/** Counts whole numbers of 32 bits, over and over: a hash table that is emptied by forgetting its slots' turn. */
export interface Tally {
  add(value: number): void
  /** How often it was added since the table was emptied. */
  countOf(value: number): number
  clear(): void
}

export function tally(): Tally {
  let table = emptyTable(1_024)
  let [turn, distinct] = [1, 0]

  /** Where the value is or would be (linear probing). */
  function slotOf(value: number): number {
    const { values, turns } = table
    let slot = (Math.imul(value, 0x9e3779b1) >>> 7) & (values.length - 1)
    while (turns[slot] === turn && values[slot] !== value) slot = (slot + 1) & (values.length - 1)
    return slot
  }

  function enlarge(): void {
    const known = table
    table = emptyTable(known.values.length * 4)
    known.values.forEach((value, slot) => {
      if (known.turns[slot] === turn) put(value, known.counts[slot] ?? 0)
    })
  }

  function put(value: number, count: number): void {
    const slot = slotOf(value)
    table.values[slot] = value
    table.turns[slot] = turn
    table.counts[slot] = count
  }

  return {
    add(value) {
      const slot = slotOf(value)
      if (table.turns[slot] === turn) {
        table.counts[slot] = (table.counts[slot] ?? 0) + 1
        return
      }
      put(value, 1)
      distinct += 1
      if (distinct * 2 > table.values.length) enlarge()
    },
    countOf(value) {
      const slot = slotOf(value)
      return table.turns[slot] === turn ? (table.counts[slot] ?? 0) : 0
    },
    clear() {
      turn += 1
      distinct = 0
    },
  }
}

const emptyTable = (size: number) => ({
  values: new Int32Array(size),
  counts: new Int32Array(size),
  turns: new Int32Array(size),
})
