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
export const carriedColumns = ({ columns }: FeatureColumns, before: Int32Array): ColumnWriter =>
  columnWriter(
    before.length,
    new Map([...columns].map(([name, column]) => [name, carriedColumn(column, before)])),
  )

export function carriedColumn(column: Float64Array, before: Int32Array): Float64Array {
  const carried = new Float64Array(before.length)
  for (let row = 0; row < before.length; row++) carried[row] = column[before[row] ?? -1] ?? Number.NaN
  return carried
}

/** Writes one account's figures, each under its name. */
export function writeRow(
  writer: ColumnWriter,
  account: number,
  row: Readonly<Record<string, number | undefined>>,
): void {
  for (const [name, value] of Object.entries(row)) writer.column(name)[account] = value ?? Number.NaN
}
