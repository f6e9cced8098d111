/**
 * Gradient boosting for a yes or no (Friedman 2001, "Greedy Function Approximation"), with second-order steps as in
 * XGBoost. Nothing is drawn by chance and slopes are whole steps of 2^-30, whose sums are exact: the same rows in any
 * order give the same model.
 */
import { binned, type Cuts, cutsOf, type Matrix } from './bins.ts'
import { growTree, type Tree, type TreeOptions, treeValue } from './tree.ts'

export interface BoostOptions extends TreeOptions {
  readonly rounds: number
  /** How much of each tree is taken, of 1. */
  readonly rate: number
}

export const boostDefaults: BoostOptions = {
  rounds: 60,
  rate: 0.15,
  depthMax: 4,
  rowsMin: 5,
  shrinkage: 0.2,
}

export interface BoostedTrees {
  readonly cuts: Cuts
  /** Log-odds before any tree. */
  readonly base: number
  readonly rate: number
  readonly trees: readonly Tree[]
}

/** `answers` are 0 or 1, one a row. */
export function boost(
  columns: Matrix,
  answers: Uint8Array,
  options: Partial<BoostOptions> = {},
): BoostedTrees {
  const { rounds, rate, ...tree } = { ...boostDefaults, ...options }
  const cuts = cutsOf(columns)
  const bins = binned(columns, cuts)
  const positives = answers.reduce((sum, answer) => sum + answer, 0)
  const base = Math.log((positives + 0.5) / (answers.length - positives + 0.5))
  const scores = new Float64Array(answers.length).fill(base)
  const gradients = new Float64Array(answers.length)
  const curvatures = new Float64Array(answers.length)
  const rows = Int32Array.from(answers.keys())
  const trees: Tree[] = []
  for (let round = 0; round < rounds; round += 1) {
    scores.forEach((score, row) => {
      const p = probability(score)
      gradients[row] = exact(p - (answers[row] ?? 0))
      curvatures[row] = exact(p * (1 - p))
    })
    const grown = growTree(bins, { gradients, curvatures }, { ...tree, rows })
    addTree(scores, grown, { bins, rate })
    trees.push(grown)
  }
  return { cuts, base, rate, trees }
}

/** Probabilities, one a row. */
export function predict({ cuts, base, rate, trees }: BoostedTrees, columns: Matrix): Float64Array {
  const bins = binned(columns, cuts)
  const scores = new Float64Array(columns[0]?.length ?? 0).fill(base)
  for (const tree of trees) addTree(scores, tree, { bins, rate })
  return scores.map(probability)
}

function addTree(
  scores: Float64Array,
  tree: Tree,
  { bins, rate }: { readonly bins: readonly Uint8Array[]; readonly rate: number },
): void {
  for (let row = 0; row < scores.length; row += 1) {
    scores[row] = (scores[row] ?? 0) + rate * treeValue(tree, (column) => bins[column]?.[row] ?? 0)
  }
}

const exact = (slope: number): number => Math.round(slope * 2 ** 30) / 2 ** 30

const probability = (score: number): number => 1 / (1 + Math.exp(-score))
