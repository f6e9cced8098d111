/**
 * A shipped model and what a deployment's own labels add to it. The shipped one is the start: it is stretched and shifted to
 * agree with the labels (labelling.ts), then few small trees learn what it leaves unexplained, from labels where there are
 * any and from what it says itself where there are none, in turns (expectation and maximisation: Dempster, Laird & Rubin
 * 1977). They read the same features, which may not turn against their signs.
 */
import { type Feature, type FitOptions, fitTrees } from '../trees/fit.ts'
import { type Columns, scoreRows, type TreeModel } from '../trees/model.ts'
import type { TreeNode } from '../trees/node.ts'
import {
  agreementOf,
  countScores,
  fitLabelling,
  type Labelling,
  logistic,
  type OwnLabel,
  withLabel,
} from './labelling.ts'

/** Few and small: there are dozens of labels, seldom thousands. */
const treeOptions: FitOptions = { rounds: 60, depth: 3, rate: 0.1, ridge: 10, curvatureMin: 2 }
const turns = 4
/** Of accounts that nothing speaks against one in so many is looked at, and counts for all. */
const plainOf = 4
/** Log-odds below which nothing speaks against an account. */
const plainMax = -4

export interface RefitInput {
  readonly model: TreeModel
  /** As catalogue.ts gives them to the model. */
  readonly features: readonly Feature[]
  /** Of accounts as they look without their own label. */
  readonly columns: Columns
  readonly accounts: number
  readonly labelOf: (account: number) => OwnLabel
  /** Of whom something else is likelier, so that what the model says of them is not published. */
  readonly isAnothers: (account: number) => boolean
}

export interface Refit {
  readonly model: TreeModel
  readonly labelling: Labelling
  /** Of labels with what the model said before; of 1 (`agreementOf`). */
  readonly agreement: number
}

export function refit(input: RefitInput): Refit {
  const { model, columns, accounts } = input
  const counts = countScores(ownScores(input))
  const labelling = fitLabelling(counts)
  const fitted = stretched(model, labelling)
  const starts = scoreRows(fitted, columns, accounts)
  const rows = rowsOf(input, starts)
  let more: TreeModel = { features: [], base: 0, trees: [] }
  for (let turn = 0; turn < turns; turn++) {
    const said = scoreRows(more, columns, accounts).map((own, at) => own + (starts[at] ?? 0))
    more = learn(input, { rows, starts, said, labelling })
  }
  return { model: joined(fitted, more), labelling, agreement: agreementOf(counts) }
}

function* ownScores({ model, columns, accounts, labelOf, isAnothers }: RefitInput) {
  const scores = scoreRows(model, columns, accounts)
  for (let account = 0; account < accounts; account++)
    if (!isAnothers(account)) yield { score: (scores[account] ?? 0) / 1e6, label: labelOf(account) }
}

interface Rows {
  readonly chosen: Int32Array
  readonly weights: Float64Array
}

function rowsOf({ accounts, labelOf, isAnothers }: RefitInput, starts: Float64Array): Rows {
  const isPlain = (account: number): boolean =>
    (starts[account] ?? 0) / 1e6 < plainMax && labelOf(account) === undefined
  const all = Array.from({ length: accounts }, (_, account) => account)
  const chosen = Int32Array.from(
    all.filter((account) => !isAnothers(account) && (!isPlain(account) || account % plainOf === 0)),
  )
  return { chosen, weights: Float64Array.from(chosen, (account) => (isPlain(account) ? plainOf : 1)) }
}

/** Labels of accounts teach no feature that is made of labels. */
const ofLabels = /labelled/

function learn(
  { features, columns, labelOf }: RefitInput,
  context: { rows: Rows; starts: Float64Array; said: Float64Array; labelling: Labelling },
): TreeModel {
  const { rows, starts, said, labelling } = context
  const own = features.filter(({ name }) => !ofLabels.test(name))
  const pick = (values: Float64Array | undefined): Float64Array =>
    Float64Array.from(rows.chosen, (account) => values?.[account] ?? Number.NaN)
  return fitTrees(
    {
      features: own,
      columns: new Map(own.map(({ name }) => [name, pick(columns.get(name))])),
      answers: Float64Array.from(rows.chosen, (account) =>
        withLabel(logistic((said[account] ?? 0) / 1e6), labelOf(account), labelling),
      ),
      weights: rows.weights,
      starts: pick(starts),
    },
    treeOptions,
  )
}

/** The same trees on another scale: still a model, whose shares add up. */
function stretched({ features, base, trees }: TreeModel, { slope, shift }: Labelling): TreeModel {
  const scale = (micro: number): number => Math.round(slope * micro)
  const stretch = (node: TreeNode): TreeNode =>
    typeof node === 'number'
      ? scale(node)
      : [node[0], node[1], node[2], stretch(node[3]), stretch(node[4]), scale(node[5])]
  return { features, base: scale(base) + Math.round(shift * 1e6), trees: trees.map(stretch) }
}

/** Two models as one, which says what both add up to. */
function joined(one: TreeModel, other: TreeModel): TreeModel {
  const features = [...new Set([...one.features, ...other.features])]
  const places = other.features.map((name) => features.indexOf(name))
  const moved = (node: TreeNode): TreeNode =>
    typeof node === 'number'
      ? node
      : [places[node[0]] ?? 0, node[1], node[2], moved(node[3]), moved(node[4]), node[5]]
  return { features, base: one.base + other.base, trees: [...one.trees, ...other.trees.map(moved)] }
}
