/** Two plain learners, to see whether behaviour alone tells fraud: no more than is needed to be believed. */
import type { Sample } from './behaviour.ts'

export type Scorer = (figures: readonly number[]) => number

const squash = (value: number) => Math.sign(value) * Math.log1p(Math.abs(value))

/** Logistic regression on standardised logarithms, by full gradient descent with momentum. */
export function logistic(samples: readonly Sample[], rounds = 80): Scorer {
  const width = samples[0]?.figures.length ?? 0
  const rows = samples.map(({ figures }) => figures.map(squash))
  const mean = columns(width, (at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length)
  const spread = columns(width, (at) => {
    const square = rows.reduce((sum, row) => sum + ((row[at] ?? 0) - (mean[at] ?? 0)) ** 2, 0)
    return Math.sqrt(square / rows.length) || 1
  })
  const scaled = (figures: readonly number[]) =>
    figures.map((value, at) => (squash(value) - (mean[at] ?? 0)) / (spread[at] ?? 1))
  const inputs = samples.map(({ figures }) => Float64Array.from([1, ...scaled(figures)]))
  const weights = new Float64Array(width + 1)
  const speed = new Float64Array(width + 1)
  for (let round = 0; round < rounds; round += 1) {
    const slope = new Float64Array(width + 1)
    inputs.forEach((input, n) => {
      const miss = sigmoid(dot(weights, input)) - (samples[n]?.isFraud ? 1 : 0)
      for (let at = 0; at <= width; at += 1) slope[at] = (slope[at] ?? 0) + miss * (input[at] ?? 0)
    })
    for (let at = 0; at <= width; at += 1) {
      speed[at] = 0.9 * (speed[at] ?? 0) - (0.4 * (slope[at] ?? 0)) / inputs.length
      weights[at] = (weights[at] ?? 0) + (speed[at] ?? 0)
    }
  }
  return (figures) => dot(weights, Float64Array.from([1, ...scaled(figures)]))
}

interface Stump {
  readonly column: number
  readonly over: number
  readonly low: number
  readonly high: number
}

const bins = 24

/** Boosted stumps (Friedman 2001, with Newton steps), each the best of a few cuts of every figure. */
export function boostedStumps(samples: readonly Sample[], rounds = 90): Scorer {
  const width = samples[0]?.figures.length ?? 0
  const cuts = columns(width, (at) => cutsOf(samples.map(({ figures }) => figures[at] ?? 0)))
  const binned = columns(width, (at) =>
    Uint8Array.from(samples, ({ figures }) => binOf(cuts[at] ?? [], figures[at] ?? 0)),
  )
  const score = new Float64Array(samples.length)
  const stumps: Stump[] = []
  for (let round = 0; round < rounds; round += 1) {
    const slopes = score.map((value, n) => (samples[n]?.isFraud ? 1 : 0) - sigmoid(value - 3))
    const curves = score.map((value) => sigmoid(value - 3) * (1 - sigmoid(value - 3)))
    const stump = bestStump(cuts, binned, { slopes, curves })
    stumps.push(stump)
    samples.forEach(({ figures }, n) => {
      score[n] = (score[n] ?? 0) + stepOf(stump, figures)
    })
  }
  return (figures) => stumps.reduce((sum, stump) => sum + stepOf(stump, figures), 0)
}

const stepOf = ({ column, over, low, high }: Stump, figures: readonly number[]): number =>
  (figures[column] ?? 0) > over ? high : low

function bestStump(
  cuts: readonly (readonly number[])[],
  binned: readonly Uint8Array[],
  { slopes, curves }: { slopes: Float64Array; curves: Float64Array },
): Stump {
  let best: Stump & { gain: number } = { column: 0, over: Infinity, low: 0, high: 0, gain: -1 }
  const all = { slope: sum(slopes), curve: sum(curves) }
  binned.forEach((column, at) => {
    const slope = new Float64Array(bins + 1)
    const curve = new Float64Array(bins + 1)
    for (let n = 0; n < column.length; n += 1) {
      const bin = column[n] ?? 0
      slope[bin] = (slope[bin] ?? 0) + (slopes[n] ?? 0)
      curve[bin] = (curve[bin] ?? 0) + (curves[n] ?? 0)
    }
    let [low, lowCurve] = [0, 0]
    ;(cuts[at] ?? []).forEach((over, bin) => {
      low += slope[bin] ?? 0
      lowCurve += curve[bin] ?? 0
      const high = all.slope - low
      const highCurve = all.curve - lowCurve
      const gain = low ** 2 / (lowCurve + 1) + high ** 2 / (highCurve + 1)
      if (gain <= best.gain) return
      best = {
        column: at,
        over,
        low: (0.3 * low) / (lowCurve + 1),
        high: (0.3 * high) / (highCurve + 1),
        gain,
      }
    })
  })
  return best
}

function cutsOf(values: readonly number[]): readonly number[] {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  // Counts are mostly nought, so tails need cuts of their own.
  const shares = [...Array.from({ length: bins - 5 }, (_, n) => n / (bins - 5)), 0.97, 0.99, 0.995, 0.999]
  return [...new Set(shares.map(at))]
}

function binOf(cuts: readonly number[], value: number): number {
  let bin = 0
  while (bin < cuts.length && value > (cuts[bin] ?? 0)) bin += 1
  return bin
}

/** Mean of the precisions at each fraud, best score first. */
export function averagePrecision(samples: readonly Sample[], scorer: Scorer): number {
  const ranked = samples
    .map(({ figures, isFraud }) => ({ score: scorer(figures), isFraud }))
    .toSorted((a, b) => b.score - a.score)
  let found = 0
  let total = 0
  ranked.forEach(({ isFraud }, at) => {
    if (!isFraud) return
    found += 1
    total += found / (at + 1)
  })
  return found === 0 ? 0 : total / found
}

const columns = <T>(width: number, value: (at: number) => T): readonly T[] =>
  Array.from({ length: width }, (_, at) => value(at))
const sigmoid = (value: number) => 1 / (1 + Math.exp(-value))
const sum = (list: Float64Array) => list.reduce((total, value) => total + value, 0)

/** A loop, because it runs some hundred million times. */
function dot(a: Float64Array, b: Float64Array): number {
  let total = 0
  for (let at = 0; at < a.length; at += 1) total += (a[at] ?? 0) * (b[at] ?? 0)
  return total
}
