/** Features by name, a number an account; NaN where nothing is known or the feature does not apply. */

export interface FeatureColumns {
  readonly accounts: number
  readonly columns: ReadonlyMap<string, Float64Array>
}

export interface ColumnWriter extends FeatureColumns {
  /** The column of a feature, made when first asked for. */
  column(name: string): Float64Array
}

export function columnWriter(accounts: number): ColumnWriter {
  const columns = new Map<string, Float64Array>()
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

/** Writes one account's figures, each under its name. */
export function writeRow(
  writer: ColumnWriter,
  account: number,
  row: Readonly<Record<string, number | undefined>>,
): void {
  for (const [name, value] of Object.entries(row)) {
    if (value !== undefined) writer.column(name)[account] = value
  }
}
