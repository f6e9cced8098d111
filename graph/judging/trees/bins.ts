/** Columns in few steps: a tree asks only where a value lies among them. */

/** Steps a column is cut into at the most, besides the one for what is missing. */
const stepsMax = 32
/** Rare values at the upper end tell most; they get steps of their own. */
const upperEnds = [0.985, 0.995, 0.999]

/** Upper bounds of steps, ascending; values above the last are one step more. */
export type Edges = readonly number[]

/** By quantiles of the values there are; few different values are kept apart. */
export function edgesOf(column: Float64Array): Edges {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort()
  const last = sorted.at(-1)
  if (last === undefined) return []
  const distinct = distinctUpTo(sorted, stepsMax)
  if (distinct) return distinct.slice(0, -1)
  const shares = [...Array.from({ length: stepsMax - 1 }, (_, at) => (at + 1) / stepsMax), ...upperEnds]
  const edges: number[] = []
  for (const share of shares.toSorted((a, b) => a - b)) {
    const edge = sorted[Math.floor(share * (sorted.length - 1))] ?? last
    if (edge < last && edge > (edges.at(-1) ?? Number.NEGATIVE_INFINITY)) edges.push(edge)
  }
  return edges
}

function distinctUpTo(sorted: Float64Array, most: number): readonly number[] | undefined {
  const distinct: number[] = []
  for (const value of sorted) {
    if (value === distinct.at(-1)) continue
    if (distinct.length === most) return undefined
    distinct.push(value)
  }
  return distinct
}

/** 0 is missing; step s + 1 holds values up to `edges[s]`. */
export const binned = (column: Float64Array, edges: Edges): Uint8Array =>
  Uint8Array.from(column, (value) => binOf(value, edges))

export function binOf(value: number, edges: Edges): number {
  if (Number.isNaN(value)) return 0
  let [from, to] = [0, edges.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((edges[middle] ?? 0) < value) from = middle + 1
    else to = middle
  }
  return from + 1
}
