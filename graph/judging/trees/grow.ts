/**
 * One tree of a boosting, grown greedily by histograms of slopes (Chen & Guestrin 2016, XGBoost), with monotone
 * features: a split may not turn against its feature's sign, and what grows below keeps to the middle between its sides.
 */
import type { Edges } from './bins.ts'
import type { TreeNode } from './node.ts'

/** 1: more of it never speaks less for the answer; -1: never more; 0: either. */
export type Sign = -1 | 0 | 1

export interface GrowInput {
  readonly bins: readonly Uint8Array[]
  readonly edges: readonly Edges[]
  readonly signs: readonly Sign[]
  /** Slope and curvature of the loss by row. */
  readonly slopes: Float64Array
  readonly curvatures: Float64Array
}

export interface GrowOptions {
  readonly depth: number
  /** Added to the curvature of every leaf, so that few rows move little. */
  readonly ridge: number
  /** A side of a split holds this much curvature at least. */
  readonly curvatureMin: number
  /** By what a leaf is multiplied. */
  readonly rate: number
}

interface Bounds {
  readonly low: number
  readonly high: number
}

interface Sums {
  readonly slope: number
  readonly curvature: number
}

interface Split {
  readonly feature: number
  /** The last bin that goes left. */
  readonly bin: number
  readonly missing: 'left' | 'right'
  readonly gain: number
  readonly left: number
  readonly right: number
}

const binsMax = 64
const gainMin = 1e-3

/** Is told each leaf's rows and micro-log-odds. */
export type OnLeaf = (rows: Int32Array, value: number) => void

/** Slope and curvature by feature and bin: `feature * binsMax + bin`. */
interface Histograms {
  readonly slopes: Float64Array
  readonly curvatures: Float64Array
}

export function growTree(
  input: GrowInput,
  rows: Int32Array,
  { onLeaf, ...options }: GrowOptions & { readonly onLeaf: OnLeaf },
): TreeNode {
  const widest = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  return grow(rows, { depth: options.depth, bounds: widest, histograms: histogramsOf(input, rows) })

  function grow(
    own: Int32Array,
    { depth, bounds, histograms }: { depth: number; bounds: Bounds; histograms: Histograms | undefined },
  ): TreeNode {
    const sums = sumsOf(input, own)
    const value = leafValue(sums, bounds, options)
    const split = histograms && bestSplit(input, { histograms, sums, bounds, options })
    if (!split) {
      onLeaf(own, micro(value))
      return micro(value)
    }
    const [left, right] = partRows(input.bins[split.feature], own, split)
    const middle = (split.left + split.right) / 2
    const sign = input.signs[split.feature] ?? 0
    const below = { low: sign < 0 ? middle : bounds.low, high: sign > 0 ? middle : bounds.high }
    const above = { low: sign > 0 ? middle : bounds.low, high: sign < 0 ? middle : bounds.high }
    const [lefts, rights] = depth > 1 ? partHistograms(input, histograms, [left, right]) : []
    return [
      split.feature,
      input.edges[split.feature]?.[split.bin - 1] ?? 0,
      split.missing,
      grow(left, { depth: depth - 1, bounds: below, histograms: lefts }),
      grow(right, { depth: depth - 1, bounds: above, histograms: rights }),
      micro(value),
    ]
  }

  function micro(value: number): number {
    return Math.round(value * options.rate * 1e6)
  }
}

function histogramsOf(input: GrowInput, rows: Int32Array): Histograms {
  const slopes = new Float64Array(input.bins.length * binsMax)
  const curvatures = new Float64Array(input.bins.length * binsMax)
  input.bins.forEach((bins, feature) => {
    const from = feature * binsMax
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!
      const place = from + bins[row]!
      slopes[place]! += input.slopes[row]!
      curvatures[place]! += input.curvatures[row]!
    }
  })
  return { slopes, curvatures }
}

/** Only the smaller side is counted: slopes are exact, so the other is the difference. */
function partHistograms(
  input: GrowInput,
  whole: Histograms,
  [left, right]: readonly [Int32Array, Int32Array],
): readonly [Histograms, Histograms] {
  const counted = histogramsOf(input, left.length <= right.length ? left : right)
  const other = {
    slopes: whole.slopes.map((all, at) => all - (counted.slopes[at] ?? 0)),
    curvatures: whole.curvatures.map((all, at) => all - (counted.curvatures[at] ?? 0)),
  }
  return left.length <= right.length ? [counted, other] : [other, counted]
}

interface SplitSearch {
  readonly histograms: Histograms
  readonly sums: Sums
  readonly bounds: Bounds
  readonly options: GrowOptions
}

function bestSplit(input: GrowInput, { histograms, ...search }: SplitSearch): Split | undefined {
  if (search.sums.curvature < 2 * search.options.curvatureMin) return undefined
  let best: Split | undefined
  input.edges.forEach((edges, feature) => {
    const [from, steps] = [feature * binsMax, edges.length + 2]
    if (steps < 3) return
    const histogram = {
      slopes: histograms.slopes.subarray(from, from + steps),
      curvatures: histograms.curvatures.subarray(from, from + steps),
      steps,
    }
    const found = splitOf(histogram, { ...search, sign: input.signs[feature] ?? 0 })
    if (found && found.gain > (best?.gain ?? gainMin)) best = { ...found, feature }
  })
  return best
}

function sumsOf({ slopes, curvatures }: GrowInput, rows: Int32Array): Sums {
  let [slope, curvature] = [0, 0]
  for (const row of rows) {
    slope += slopes[row] ?? 0
    curvature += curvatures[row] ?? 0
  }
  return { slope, curvature }
}

const leafValue = ({ slope, curvature }: Sums, { low, high }: Bounds, { ridge }: GrowOptions): number =>
  Math.min(high, Math.max(low, slope / (curvature + ridge)))

/** What a leaf of this value takes from twice the loss, to second order. */
const gainOf = ({ slope, curvature }: Sums, value: number, { ridge }: GrowOptions): number =>
  2 * slope * value - (curvature + ridge) * value * value

interface Histogram {
  readonly slopes: Float64Array
  readonly curvatures: Float64Array
  readonly steps: number
}

interface StepSearch extends Omit<SplitSearch, 'histograms'> {
  readonly sign: Sign
}

function splitOf(histogram: Histogram, search: StepSearch): Omit<Split, 'feature'> | undefined {
  const [left, right] = (['left', 'right'] as const).map((missing) => splitWith(histogram, search, missing))
  if ((histogram.curvatures[0] ?? 0) === 0) return left
  return (right?.gain ?? 0) > (left?.gain ?? 0) ? right : left
}

/** The best split where rows without a value go to one side. */
function splitWith(
  { slopes, curvatures, steps }: Histogram,
  { sums, bounds, options, sign }: StepSearch,
  missing: 'left' | 'right',
): Omit<Split, 'feature'> | undefined {
  const whole = gainOf(sums, leafValue(sums, bounds, options), options)
  const none = missing === 'left' ? 0 : 1
  let best: Omit<Split, 'feature'> | undefined
  let [slope, curvature] = [0, 0]
  for (let bin = none; bin < steps - 1; bin++) {
    slope += slopes[bin] ?? 0
    curvature += curvatures[bin] ?? 0
    const left = { slope, curvature }
    const right = { slope: sums.slope - slope, curvature: sums.curvature - curvature }
    if (bin === 0 || Math.min(left.curvature, right.curvature) < options.curvatureMin) continue
    const [low, high] = [leafValue(left, bounds, options), leafValue(right, bounds, options)]
    const gain = gainOf(left, low, options) + gainOf(right, high, options) - whole
    if (sign * (high - low) >= 0 && gain > (best?.gain ?? 0))
      best = { bin, missing, gain, left: low, right: high }
  }
  return best
}

function partRows(
  bins: Uint8Array | undefined,
  rows: Int32Array,
  { bin, missing }: Split,
): readonly [Int32Array, Int32Array] {
  const [left, right] = [new Int32Array(rows.length), new Int32Array(rows.length)]
  let [lefts, rights] = [0, 0]
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!
    const own = bins?.[row] ?? 0
    if (own === 0 ? missing === 'left' : own <= bin) left[lefts++] = row
    else right[rights++] = row
  }
  return [left.slice(0, lefts), right.slice(0, rights)]
}
