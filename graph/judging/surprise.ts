/**
 * Groups unlike any that is known to be honest: the guard against attacks that no model was taught. A group is as
 * surprising as its mean distance to the nearest groups that nothing speaks against (Ramaswamy, Rastogi & Shim 2000,
 * "Efficient Algorithms for Mining Outliers from Large Data Sets").
 */
import { ringFeatures } from './catalogue.ts'
import type { Columns } from './trees/model.ts'

const nearest = 5
/** Of more honest groups a part is as good. */
const referencesMax = 1_000
/** So many of them are as usual; of fewer than a hundred all are. */
const usualShare = 0.99
/** In standard deviations, that one odd figure alone makes no group a stranger. */
const deviationsMax = 5

/** Labels are no likeness. */
const compared = ringFeatures.map(({ name }) => name).filter((name) => !/labelled/.test(name))

/** Of `calm` groups, by their row in `columns`, those that are unlike the others. */
export function surprising(columns: Columns, calm: readonly number[]): ReadonlySet<number> {
  const references = calm.toSorted((a, b) => scattered(a) - scattered(b)).slice(0, referencesMax)
  const scaled = compared.map((name) => standardised(columns.get(name), { rows: calm, references }))
  const pointOf = new Map(
    calm.map((row, at) => [row, Float64Array.from(scaled, (column) => column[at] ?? 0)] as const),
  )
  const known = references.flatMap((row) => pointOf.get(row) ?? [])
  const distances = new Map([...pointOf].map(([row, point]) => [row, distanceTo(point, known)] as const))
  const usual = references.map((row) => distances.get(row) ?? 0).toSorted((a, b) => a - b)
  const most = usual[Math.ceil(usualShare * usual.length) - 1] ?? Infinity
  return new Set(calm.filter((row) => (distances.get(row) ?? 0) > most))
}

/** Rows far from each other, the same each time (Knuth's multiplicative hash). */
const scattered = (row: number): number => Math.imul(row, 2_654_435_761) >>> 0

/** A column of the rows, by the mean and spread of the references; what is not known is as usual. */
function standardised(
  column: Float64Array | undefined,
  { rows, references }: { readonly rows: readonly number[]; readonly references: readonly number[] },
): Float64Array {
  const values = references.map((row) => column?.[row] ?? Number.NaN).filter((value) => !Number.isNaN(value))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  return Float64Array.from(rows, (row) => {
    const deviations = spread > 0 ? ((column?.[row] ?? Number.NaN) - mean) / spread : 0
    return Number.isNaN(deviations) ? 0 : Math.max(-deviationsMax, Math.min(deviationsMax, deviations))
  })
}

/** Mean distance to the nearest of these, not counting the point itself. */
function distanceTo(point: Float64Array, known: readonly Float64Array[]): number {
  const best = new Float64Array(nearest).fill(Infinity)
  for (const other of known) {
    if (other === point) continue
    let place = nearest - 1
    const farthest = best[place] ?? 0
    let square = 0
    // Most are known to be too far after a few figures.
    for (let at = 0; at < point.length && square < farthest; at++)
      square += ((point[at] ?? 0) - (other[at] ?? 0)) ** 2
    if (square >= farthest) continue
    while (place > 0 && (best[place - 1] ?? 0) > square) {
      best[place] = best[place - 1] ?? Infinity
      place -= 1
    }
    best[place] = square
  }
  return best.reduce((sum, square) => sum + Math.sqrt(square), 0) / nearest
}
