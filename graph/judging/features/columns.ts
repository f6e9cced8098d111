/** Features by name, a number an account; NaN where nothing is known or the feature does not apply. */

export interface FeatureColumns {
  readonly accounts: number
  readonly columns: ReadonlyMap<string, Float64Array>
}

export interface ColumnWriter extends FeatureColumns {
  /** The column of a feature, made when first asked for. */
  column(name: string): Float64Array
}

export function columnWriter(accounts: number, columns: Map<string, Float64Array> = new Map()): ColumnWriter {
  return {
    accounts,
    columns,
    column(name) {
      const known = columns.get(name)
      if (known) return known
      const made = new Float64Array(accounts).fill(Number.NaN)
      columns.set(name, made)
      return made
    },
  }
}

/** Figures as they were, by the rows' numbers now; of rows that were not there (-1) nothing is known. */
export function carriedColumns({ columns }: FeatureColumns, before: Int32Array): ColumnWriter {
  const runs = runsOf(before)
  const carried = [...columns].map(
    ([name, column]) => [name, carriedBy(runs, column, before.length)] as const,
  )
  return columnWriter(before.length, new Map(carried))
}

export const carriedColumn = (column: Float64Array, before: Int32Array): Float64Array =>
  carriedBy(runsOf(before), column, before.length)

/** Rows that lay one after the other and still do; `from` is -1 for rows that were not there. */
interface Run {
  readonly row: number
  readonly from: number
  readonly length: number
}

function runsOf(before: Int32Array): readonly Run[] {
  const runs: Run[] = []
  for (let row = 0; row < before.length; ) {
    const from = before[row] ?? -1
    let end = row + 1
    if (from < 0) while (end < before.length && (before[end] ?? 0) < 0) end += 1
    else while (end < before.length && before[end] === from + end - row) end += 1
    runs.push({ row, from: Math.max(-1, from), length: end - row })
    row = end
  }
  return runs
}

function carriedBy(runs: readonly Run[], column: Float64Array, length: number): Float64Array {
  const carried = new Float64Array(length)
  for (const { row, from, length: rows } of runs) {
    if (from < 0) carried.fill(Number.NaN, row, row + rows)
    else carried.set(column.subarray(from, from + rows), row)
  }
  return carried
}

/** Writes one account's figures, each under its name. */
export function writeRow(
  writer: ColumnWriter,
  account: number,
  row: Readonly<Record<string, number | undefined>>,
): void {
  for (const name in row) writer.column(name)[account] = row[name] ?? Number.NaN
}
