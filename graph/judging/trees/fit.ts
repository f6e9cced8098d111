/**
 * Gradient boosting for a yes or no (Friedman 2001, "Greedy Function Approximation"), with second-order steps. Nothing
 * is drawn by chance, and slopes are whole steps of 2^-30, whose sums are exact: the same rows in any order give the
 * same model.
 */
import { binned, edgesOf } from './bins.ts'
import { type GrowOptions, growTree, type OnLeaf, type Sign } from './grow.ts'
import type { Columns, TreeModel } from './model.ts'
import type { TreeNode } from './node.ts'

export interface Feature {
  readonly name: string
  readonly sign: Sign
}

export interface FitOptions extends GrowOptions {
  readonly rounds: number
}

export const fitDefaults: FitOptions = { rounds: 120, depth: 4, rate: 0.1, ridge: 5, curvatureMin: 3 }

export interface Lesson {
  readonly features: readonly Feature[]
  readonly columns: Columns
  /** 0 to 1, one a row. */
  readonly answers: Float64Array
  /** How much each row counts; all alike when not given. */
  readonly weights?: Float64Array
  /** Micro-log-odds that each row begins with, and that the model does not repeat; the mean answer when not given. */
  readonly starts?: Float64Array
}

export function fitTrees(lesson: Lesson, options = fitDefaults): TreeModel {
  const { features, columns, answers, weights, starts } = lesson
  const rows = answers.length
  const own = features.map(({ name }) => columns.get(name) ?? new Float64Array(rows).fill(Number.NaN))
  const edges = own.map(edgesOf)
  const bins = own.map((column, at) => binned(column, edges[at] ?? []))
  const weightOf = (row: number): number => weights?.[row] ?? 1
  const base = starts ? 0 : baseOf(answers, weightOf)
  const scores = starts?.slice() ?? new Float64Array(rows).fill(base)
  const [slopes, curvatures] = [new Float64Array(rows), new Float64Array(rows)]
  const all = Int32Array.from(answers.keys())
  const signs = features.map(({ sign }) => sign)
  const trees: TreeNode[] = []
  for (let round = 0; round < options.rounds; round++) {
    for (let row = 0; row < rows; row++) {
      const p = 1 / (1 + Math.exp(-(scores[row] ?? 0) / 1e6))
      slopes[row] = exact(weightOf(row) * ((answers[row] ?? 0) - p))
      curvatures[row] = exact(weightOf(row) * p * (1 - p))
    }
    const onLeaf: OnLeaf = (own, value) => {
      for (let at = 0; at < own.length; at++) scores[own[at]!]! += value
    }
    const tree = growTree({ bins, edges, signs, slopes, curvatures }, all, { ...options, onLeaf })
    trees.push(tree)
  }
  return { features: features.map(({ name }) => name), base, trees }
}

/** Micro-log-odds of the mean answer; half a row is added to either side. */
function baseOf(answers: Float64Array, weightOf: (row: number) => number): number {
  let [yes, no] = [0.5, 0.5]
  answers.forEach((answer, row) => {
    yes += weightOf(row) * answer
    no += weightOf(row) * (1 - answer)
  })
  return Math.round(Math.log(yes / no) * 1e6)
}

const exact = (slope: number): number => Math.round(slope * 2 ** 30) / 2 ** 30
