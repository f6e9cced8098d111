/**
 * How far two partitions agree beyond chance: the adjusted Rand index (Hubert & Arabie 1985) and adjusted mutual
 * information (Vinh, Epps & Bailey 2010), normalised by the mean of the two entropies. 1 is sameness, 0 is chance.
 */

export interface Agreement {
  readonly ari: number
  readonly ami: number
}

/** Labels by item, as long as each other. Two trivial partitions that are the same agree. */
export function agreement(a: readonly string[], b: readonly string[]): Agreement {
  const table = contingency(a, b)
  return { ari: adjustedRand(table), ami: adjustedInformation(table) }
}

interface Contingency {
  readonly items: number
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  readonly cells: readonly { readonly row: number; readonly column: number; readonly count: number }[]
}

function contingency(a: readonly string[], b: readonly string[]): Contingency {
  const [rowOf, columnOf] = [numbered(a), numbered(b)]
  const rows = new Array<number>(rowOf.size).fill(0)
  const columns = new Array<number>(columnOf.size).fill(0)
  const counts = new Map<number, number>()
  a.forEach((label, item) => {
    const row = rowOf.get(label) ?? 0
    const column = columnOf.get(b[item] ?? '') ?? 0
    rows[row] = (rows[row] ?? 0) + 1
    columns[column] = (columns[column] ?? 0) + 1
    const cell = row * columnOf.size + column
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
  })
  const cells = [...counts].map(([cell, count]) => ({
    row: Math.floor(cell / columnOf.size),
    column: cell % columnOf.size,
    count,
  }))
  return { items: a.length, rows, columns, cells }
}

const numbered = (labels: readonly string[]): ReadonlyMap<string, number> =>
  new Map([...new Set(labels)].map((label, number) => [label, number]))

const pairsOf = (count: number): number => (count * (count - 1)) / 2
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function adjustedRand({ items, rows, columns, cells }: Contingency): number {
  const both = sum(cells.map(({ count }) => pairsOf(count)))
  const [ofRows, ofColumns] = [sum(rows.map(pairsOf)), sum(columns.map(pairsOf))]
  const byChance = items < 2 ? 0 : (ofRows * ofColumns) / pairsOf(items)
  const most = (ofRows + ofColumns) / 2
  return most === byChance ? 1 : (both - byChance) / (most - byChance)
}

/** Entropies differ by so much from rounding. */
const entropyMin = 1e-12

function adjustedInformation(table: Contingency): number {
  const { items, rows, columns, cells } = table
  const isTrivial = (sizes: readonly number[]) => sizes.length <= 1 || sizes.length === items
  if (isTrivial(rows) && rows.length === columns.length) return 1
  const information = sum(
    cells.map(
      ({ row, column, count }) =>
        (count / items) * Math.log((items * count) / ((rows[row] ?? 1) * (columns[column] ?? 1))),
    ),
  )
  const byChance = expectedInformation(table)
  const most = (entropy(rows, items) + entropy(columns, items)) / 2
  return most - byChance < entropyMin ? 0 : (information - byChance) / (most - byChance)
}

const entropy = (sizes: readonly number[], items: number): number =>
  -sum(sizes.map((size) => (size / items) * Math.log(size / items)))

/** Vinh et al. 2010, equation 24. Sizes that occur often are worked out once. */
function expectedInformation({ items, rows, columns }: Contingency): number {
  const logFactorial = logFactorials(items)
  const [ofRows, ofColumns] = [timesOf(rows), timesOf(columns)]
  let expected = 0
  for (const [a, aTimes] of ofRows) {
    for (const [b, bTimes] of ofColumns) {
      expected += aTimes * bTimes * expectedCell(a, b, { items, logFactorial })
    }
  }
  return expected
}

const timesOf = (sizes: readonly number[]): ReadonlyMap<number, number> =>
  new Map([...Map.groupBy(sizes, (size) => size)].map(([size, all]) => [size, all.length]))

/** What a cell of a row of `a` and a column of `b` items adds on average, over all ways to deal them out. */
function expectedCell(
  a: number,
  b: number,
  { items, logFactorial }: { readonly items: number; readonly logFactorial: Float64Array },
): number {
  const log = (n: number): number => logFactorial[n] ?? 0
  const fixed = log(a) + log(b) + log(items - a) + log(items - b) - log(items)
  let expected = 0
  for (let count = Math.max(1, a + b - items); count <= Math.min(a, b); count += 1) {
    const ways = fixed - log(count) - log(a - count) - log(b - count) - log(items - a - b + count)
    expected += (count / items) * Math.log((items * count) / (a * b)) * Math.exp(ways)
  }
  return expected
}

function logFactorials(most: number): Float64Array {
  const logs = new Float64Array(most + 1)
  for (let n = 2; n <= most; n += 1) logs[n] = (logs[n - 1] ?? 0) + Math.log(n)
  return logs
}
