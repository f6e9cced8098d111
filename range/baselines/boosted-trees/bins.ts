/** Features in at most 64 bins each, by quantile: a tree need look at no other cut. */

/** Rows by columns. */
export type Matrix = readonly Float64Array[]

const binsMax = 64

/** Upper ends of each column's bins but the last, ascending; a value lies in the first bin whose end is not below it. */
export type Cuts = readonly Float64Array[]

export const cutsOf = (columns: Matrix): Cuts => columns.map(columnCuts)

function columnCuts(values: Float64Array): Float64Array {
  const sorted = values.toSorted()
  const distinct = sorted.filter((value, at) => at === 0 || value !== sorted[at - 1])
  if (distinct.length <= binsMax) return distinct.subarray(0, -1)
  const ends = Array.from(
    { length: binsMax - 1 },
    (_, bin) => sorted[quantileAt(bin + 1, sorted.length)] ?? 0,
  )
  const last = distinct.at(-1) ?? 0
  return Float64Array.from(new Set(ends.filter((end) => end < last)))
}

const quantileAt = (bin: number, rows: number): number => Math.ceil((bin * rows) / binsMax) - 1

export const binned = (columns: Matrix, cuts: Cuts): readonly Uint8Array[] =>
  columns.map((values, column) => Uint8Array.from(values, (value) => binOf(cuts[column], value)))

function binOf(cuts: Float64Array | undefined, value: number): number {
  let from = 0
  let to = cuts?.length ?? 0
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((cuts?.[middle] ?? 0) < value) from = middle + 1
    else to = middle
  }
  return from
}
