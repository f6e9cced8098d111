/** Logistic regression by Newton's steps, with a ridge; columns are put on one scale first. */
import type { Matrix } from '../baselines/boosted-trees/bins.ts'

export interface Logistic {
  /** Log-odds of a row on the common scale: the first is the intercept. */
  readonly weights: Float64Array
  readonly centres: readonly number[]
  readonly scales: readonly number[]
}

const stepsMax = 12
const ridge = 1

/** `answers` are 0 or 1, one a row. */
export function fitLogistic(columns: Matrix, answers: Uint8Array): Logistic {
  const scaled = columns.map(scaleOf)
  const centres = scaled.map(({ centre }) => centre)
  const scales = scaled.map(({ scale }) => scale)
  const inputs = inputsOf(columns, { centres, scales })
  const weights = new Float64Array(inputs.length)
  for (let step = 0; step < stepsMax; step += 1) {
    const { slope, curvature } = slopesOf(inputs, answers, weights)
    const change = solve(curvature, slope)
    change.forEach((by, at) => {
      weights[at] = (weights[at] ?? 0) + by
    })
    if (change.every((by) => Math.abs(by) < 1e-6)) break
  }
  return { weights, centres, scales }
}

export const logisticOdds = ({ weights, ...scaling }: Logistic, columns: Matrix): Float64Array =>
  oddsOf(inputsOf(columns, scaling), weights)

function scaleOf(values: Float64Array): { readonly centre: number; readonly scale: number } {
  const tame = values.map(tamed)
  const centre = tame.reduce((sum, value) => sum + value, 0) / Math.max(1, tame.length)
  const spread = Math.sqrt(
    tame.reduce((sum, value) => sum + (value - centre) ** 2, 0) / Math.max(1, tame.length),
  )
  return { centre, scale: spread > 0 ? 1 / spread : 0 }
}

/** Counts and amounts have long tails. */
const tamed = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value))

function inputsOf(columns: Matrix, { centres, scales }: Omit<Logistic, 'weights'>): Matrix {
  const ones = new Float64Array(columns[0]?.length ?? 0).fill(1)
  return [
    ones,
    ...columns.map((values, at) =>
      values.map((value) => (tamed(value) - (centres[at] ?? 0)) * (scales[at] ?? 0)),
    ),
  ]
}

function oddsOf(inputs: Matrix, weights: Float64Array): Float64Array {
  const odds = new Float64Array(inputs[0]?.length ?? 0)
  inputs.forEach((values, at) => {
    const weight = weights[at] ?? 0
    for (let row = 0; row < odds.length; row += 1) odds[row]! += weight * (values[row] ?? 0)
  })
  return odds
}

function slopesOf(inputs: Matrix, answers: Uint8Array, weights: Float64Array) {
  const risks = oddsOf(inputs, weights).map((odds) => 1 / (1 + Math.exp(-odds)))
  const spread = risks.map((risk) => risk * (1 - risk))
  const missing = risks.map((risk, row) => (answers[row] ?? 0) - risk)
  const penalty = (at: number): number => (at === 0 ? 1e-9 : ridge)
  const slope = inputs.map((values, at) => dot(values, missing) - penalty(at) * (weights[at] ?? 0))
  const curvature = inputs.map((values, a) => {
    const weighted = values.map((value, row) => value * (spread[row] ?? 0))
    return inputs.map((others, b) => (b < a ? 0 : dot(weighted, others)) + (a === b ? penalty(a) : 0))
  })
  curvature.forEach((row, a) => {
    for (let b = 0; b < a; b += 1) row[b] = curvature[b]?.[a] ?? 0
  })
  return { slope, curvature }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let row = 0; row < a.length; row += 1) sum += (a[row] ?? 0) * (b[row] ?? 0)
  return sum
}

/** Gauss and Jordan's elimination; the matrix is positive definite, so no pivot is 0. */
function solve(matrix: readonly number[][], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, at) => Float64Array.from([...row, right[at] ?? 0]))
  rows.forEach((own, pivot) => {
    for (const row of rows) {
      const times = row === own ? 0 : (row[pivot] ?? 0) / (own[pivot] ?? 1)
      if (times !== 0) for (let at = pivot; at < row.length; at += 1) row[at]! -= times * (own[at] ?? 0)
    }
  })
  return rows.map((row, at) => (row.at(-1) ?? 0) / (row[at] ?? 1))
}
