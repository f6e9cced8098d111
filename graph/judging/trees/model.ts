/**
 * Boosted trees as data. Figures are whole millionths of log-odds, so that they add up to the same sum in any order,
 * and a judgement is exactly the sum of what its features gave.
 */
import { AppError } from '../../errors.ts'
import { flatTreesOf, leafOf } from './flat.ts'
import type { TreeNode, TreeSplit } from './node.ts'

export interface TreeModel {
  /** Names by the number a split uses. */
  readonly features: readonly string[]
  /** Micro-log-odds of a row of which nothing is known. */
  readonly base: number
  readonly trees: readonly TreeNode[]
}

export type Columns = ReadonlyMap<string, Float64Array>

export interface FeatureShare {
  readonly feature: string
  /** Micro-log-odds. */
  readonly share: number
}

const meanOf = (node: TreeNode): number => (typeof node === 'number' ? node : node[5])

function next(split: TreeSplit, value: number): TreeNode {
  if (Number.isNaN(value)) return split[2] === 'left' ? split[3] : split[4]
  return value <= split[1] ? split[3] : split[4]
}

/** Micro-log-odds of every row. Features without a column are missing. */
export const scoreRows = (model: TreeModel, columns: Columns, rows: number): Float64Array =>
  scoresOf(
    model,
    columns,
    Int32Array.from({ length: rows }, (_, row) => row),
  )

/** Micro-log-odds of some rows, in their order. */
export function scoresOf(model: TreeModel, columns: Columns, rows: Int32Array): Float64Array {
  const own = model.features.map((name) => columns.get(name))
  const flat = flatTreesOf(model.trees)
  const figures = new Float64Array(own.length)
  const scores = new Float64Array(rows.length)
  rows.forEach((row, place) => {
    for (let feature = 0; feature < own.length; feature++)
      figures[feature] = own[feature]?.[row] ?? Number.NaN
    let score = model.base
    for (const root of flat.roots) score += leafOf(flat, root, figures)
    scores[place] = score
  })
  return scores
}

/**
 * What each feature gave to some rows together: each split on a row's way through a tree moved the mean, and the move is
 * the split's feature's (Saabas 2014; exact for the sum). Of one row they and `startOf` add up to its score.
 */
export function sharesOf(
  model: TreeModel,
  columns: Columns,
  rows: readonly number[],
): readonly FeatureShare[] {
  const own = model.features.map((name) => columns.get(name))
  const shares = new Float64Array(own.length)
  for (const row of rows) {
    for (const tree of model.trees) {
      let node = tree
      while (typeof node !== 'number') {
        const chosen = next(node, own[node[0]]?.[row] ?? Number.NaN)
        shares[node[0]] = (shares[node[0]] ?? 0) + meanOf(chosen) - meanOf(node)
        node = chosen
      }
    }
  }
  return model.features.map((feature, number) => ({ feature, share: shares[number] ?? 0 }))
}

/** Micro-log-odds before any feature is looked at. */
export const startOf = ({ base, trees }: TreeModel): number =>
  trees.reduce<number>((sum, tree) => sum + meanOf(tree), base)

/** A stored model; throws `config_invalid` for what is none, or asks for features that are not known. */
export function readTreeModel(json: unknown, known: ReadonlySet<string>): TreeModel {
  const { features, base, trees } = (json ?? {}) as Record<string, unknown>
  if (!Array.isArray(features) || !Array.isArray(trees) || !Number.isSafeInteger(base)) {
    throw invalid('must have features, base and trees')
  }
  const isKnown = (name: unknown): boolean => typeof name === 'string' && known.has(name)
  if (!features.every(isKnown)) throw invalid('asks for a feature that this version does not know')
  for (const tree of trees) checkNode(tree, features.length)
  return { features, base, trees } as TreeModel
}

function checkNode(node: unknown, features: number): void {
  if (typeof node === 'number') {
    if (!Number.isSafeInteger(node)) throw invalid('has a leaf that is no whole number')
    return
  }
  if (!Array.isArray(node) || node.length !== 6) throw invalid('has a node that is neither leaf nor split')
  const [feature, threshold, missing, left, right, mean] = node as unknown[]
  const isFeature = Number.isSafeInteger(feature) && Number(feature) >= 0 && Number(feature) < features
  if (!isFeature || !Number.isFinite(threshold) || !Number.isSafeInteger(mean))
    throw invalid('has a split of a feature it does not name, or of no number')
  if (missing !== 'left' && missing !== 'right') throw invalid('has a split that loses missing values')
  checkNode(left, features)
  checkNode(right, features)
}

const invalid = (detail: string): AppError => new AppError('config_invalid', `The judging model ${detail}`)
