/** Probabilities against answers, in ten bins. */

export interface Said {
  /** Of 1. */
  readonly probability: number
  readonly isTrue: boolean
}

/** One tenth of the scale. */
export interface Bin {
  readonly count: number
  /** Sums, so that bins of several worlds can be added up. */
  readonly said: number
  readonly true: number
}

const binsMade = 10

/** From the least to the most probable; the last bin holds 1 too. */
export function binsOf(rows: readonly Said[]): readonly Bin[] {
  const byBin = Map.groupBy(rows, ({ probability }) =>
    Math.min(binsMade - 1, Math.floor(probability * binsMade)),
  )
  return Array.from({ length: binsMade }, (_, bin) => {
    const own = byBin.get(bin) ?? []
    return {
      count: own.length,
      said: own.reduce((sum, { probability }) => sum + probability, 0),
      true: own.filter(({ isTrue }) => isTrue).length,
    }
  })
}

/** How far what is said is from what is true, weighed by the rows (Naeini, Cooper & Hauskrecht 2015); of 1. */
export function calibrationError(bins: readonly Bin[]): number {
  const rows = bins.reduce((sum, { count }) => sum + count, 0)
  const off = bins.reduce((sum, bin) => sum + Math.abs(bin.said - bin.true), 0)
  return rows > 0 ? off / rows : 0
}

/** Mean squared distance from the answer (Brier 1950). */
export const brierScore = (rows: readonly Said[]): number =>
  rows.reduce((sum, { probability, isTrue }) => sum + (probability - Number(isTrue)) ** 2, 0) /
  Math.max(1, rows.length)
