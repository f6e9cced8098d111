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

/** What is known of honest groups. */
export interface HonestGroups {
  readonly scales: readonly Scale[]
  readonly references: readonly Point[]
  /** Groups farther than this from their nearest are strange. */
  readonly distanceMax: number
}

interface Scale {
  readonly mean: number
  readonly spread: number
}

interface Point {
  /** Whose: a group is not its own neighbour. */
  readonly key: string
  readonly figures: Float64Array
}

/** Groups by their row in `columns`, each with a name that is its own. */
export interface CalmGroups {
  readonly columns: Columns
  readonly rows: readonly number[]
  readonly keyOf: (row: number) => string
}

export function measureHonest({ columns, rows, keyOf }: CalmGroups): HonestGroups {
  const chosen = rows.toSorted((a, b) => scattered(a) - scattered(b)).slice(0, referencesMax)
  const scales = compared.map((name) => scaleOf(columns.get(name), chosen))
  const references = chosen.map((row) => ({ key: keyOf(row), figures: figuresOf(columns, row, scales) }))
  const usual = references.map((point) => distanceTo(point, references)).toSorted((a, b) => a - b)
  const distanceMax = usual[Math.ceil(usualShare * usual.length) - 1] ?? Infinity
  return { scales, references, distanceMax }
}

/** By row, how far calm groups are from the honest; NaN for others. `known`: as far as it is, NaN where it is not. */
export function distancesOf(
  { columns, rows, keyOf }: CalmGroups,
  { scales, references }: HonestGroups,
  known: Float64Array,
): Float64Array {
  const distances = new Float64Array(known.length).fill(Number.NaN)
  for (const row of rows) {
    const before = known[row] ?? Number.NaN
    distances[row] = Number.isNaN(before)
      ? distanceTo({ key: keyOf(row), figures: figuresOf(columns, row, scales) }, references)
      : before
  }
  return distances
}

/** Rows far from each other, the same each time (Knuth's multiplicative hash). */
const scattered = (row: number): number => Math.imul(row, 2_654_435_761) >>> 0

function scaleOf(column: Float64Array | undefined, rows: readonly number[]): Scale {
  const values = rows.map((row) => column?.[row] ?? Number.NaN).filter((value) => !Number.isNaN(value))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    mean,
    spread: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length),
  }
}

/** In standard deviations; what is not known is as usual. */
const figuresOf = (columns: Columns, row: number, scales: readonly Scale[]): Float64Array =>
  Float64Array.from(scales, ({ mean, spread }, at) => {
    const value = columns.get(compared[at] ?? '')?.[row] ?? Number.NaN
    const deviations = spread > 0 ? (value - mean) / spread : 0
    return Number.isNaN(deviations) ? 0 : Math.max(-deviationsMax, Math.min(deviationsMax, deviations))
  })

/** Mean distance to the nearest of these, not counting the point itself. */
function distanceTo({ key, figures: point }: Point, known: readonly Point[]): number {
  const best = new Float64Array(nearest).fill(Infinity)
  for (const { key: otherKey, figures: other } of known) {
    if (otherKey === key) continue
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
