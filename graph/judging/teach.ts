/**
 * Teaching the models of judging by populations whose truth is known. What a model says of the population it was taught
 * by is too good; so whatever later models build on is said by models that have not seen that population (stacking:
 * Wolpert 1992).
 */
import {
  compromiseFeatures,
  ringFeatures,
  riskFeatures,
  secondCompromiseFeatures,
  secondRiskFeatures,
} from './catalogue.ts'
import type { JudgingInput } from './features/input.ts'
import { agesOf, measureTails } from './features/relative.ts'
import { apart } from './judge.ts'
import { addHostility, addSuspicion, type Look, lookAt, plainLook } from './look.ts'
import { type JudgingModels, probabilities, type TwoModels } from './models.ts'
import { type ExpectedShares, shareOf } from './shift.ts'
import type { Suspicion } from './suspicion.ts'
import { flagMins, reviewMin } from './thresholds.ts'
import { type Feature, type FitOptions, fitDefaults, fitTrees } from './trees/fit.ts'
import type { Columns, TreeModel } from './trees/model.ts'

/** Of the untold, and of communities that hold any, nothing is taught. */
export type Part = 'fraud' | 'victim' | 'honest' | 'untold'

/** A population and what each of its accounts is, by number. */
export interface Lesson {
  readonly input: JudgingInput
  readonly parts: readonly Part[]
}

export interface TeachOptions {
  readonly fit: FitOptions
  /** Populations are dealt into so many. */
  readonly folds: number
  readonly onStep: (step: string) => void
}

/** Of honest accounts in no community one in so many is looked at, and counts for all. */
const plainOf = 4

export function teach(lessons: readonly Lesson[], options: Partial<TeachOptions> = {}): JudgingModels {
  const { fit = fitDefaults, folds = 3, onStep = () => {} } = options
  onStep('looking')
  const plain = lessons.map(({ input }) => plainLook(input))
  const tails = measureTails(
    lessons.map(({ input }, at) => ({
      columns: plain[at]?.columns ?? new Map(),
      ages: agesOf(input.table, input.asOf),
    })),
  )
  const pupils = lessons.map(({ input, parts }, at) => ({
    look: lookAt(input, tails, plain[at] && { accounts: plain[at] }),
    parts,
  }))
  const rows = pupils.map(accountRows)
  const stack = (features: readonly Feature[], tables: readonly Table[]): Stacked =>
    stacked(features, tables, { fit, folds })
  onStep('rings')
  const ring = stack(ringFeatures, pupils.map(communityRows))
  pupils.forEach(({ look }, at) => addHostility(look, ring.said[at] ?? new Float64Array()))
  onStep('accounts')
  const first = stackTwo([riskFeatures, compromiseFeatures], rows, stack)
  pupils.forEach(({ look }, at) => {
    const suspicion = first.said[at]
    if (suspicion) addSuspicion(look, suspicion)
  })
  onStep('accounts again')
  const second = stackTwo([secondRiskFeatures, secondCompromiseFeatures], rows, stack)
  return {
    calibration: 'shipped',
    tails,
    expected: expectedOf(second.said),
    ring: ring.model,
    first: first.models,
    second: second.models,
  }
}

/** What models that have not seen it say of the population that they suspect most. */
function expectedOf(said: readonly Suspicion[]): ExpectedShares {
  const shareFrom = (least: number): number =>
    Math.max(...said.map(({ risk }) => shareOf(risk, (one) => one >= least)))
  return { flagged: shareFrom(flagMins.shipped), reviewed: shareFrom(reviewMin) }
}

/** Rows a model is taught by: `chosen` of `columns`, each counting `weights`. */
interface Table {
  readonly columns: Columns
  readonly rows: number
  readonly chosen: Int32Array
  readonly weights: Float64Array
  readonly answer: (row: number) => number
}

type Pupil = { readonly look: Look; readonly parts: readonly Part[] }

function communityRows({ look, parts }: Pupil): Table {
  const { communities } = look.input
  const isTold = (place: number): boolean =>
    communities[place]?.members.every((account) => parts[account] !== 'untold') ?? false
  const chosen = Int32Array.from([...communities.keys()].filter(isTold))
  return {
    columns: look.communities.columns,
    rows: communities.length,
    chosen,
    weights: new Float64Array(chosen.length).fill(1),
    answer: (row) => {
      const members = communities[row]?.members ?? []
      return members.filter((account) => parts[account] !== 'honest').length * 2 >= members.length ? 1 : 0
    },
  }
}

function accountRows({ look, parts }: Pupil): Omit<Table, 'answer'> & { readonly parts: readonly Part[] } {
  const isTold = (account: number): boolean =>
    parts[account] !== 'untold' &&
    (parts[account] !== 'honest' || (look.input.communityOf[account] ?? -1) >= 0 || account % plainOf === 0)
  const chosen = Int32Array.from([...parts.keys()].filter(isTold))
  const weights = Float64Array.from(chosen, (account) =>
    parts[account] === 'honest' && (look.input.communityOf[account] ?? -1) < 0 ? plainOf : 1,
  )
  return { columns: look.accounts.columns, rows: parts.length, chosen, weights, parts }
}

interface Stacked {
  readonly model: TreeModel
  /** Of each population, by a model that has not seen it. */
  readonly said: readonly Float64Array[]
}

function stacked(
  features: readonly Feature[],
  tables: readonly Table[],
  { fit, folds }: { fit: FitOptions; folds: number },
): Stacked {
  const said: Float64Array[] = []
  for (let fold = 0; fold < folds; fold++) {
    const unseen = tables.filter((_, at) => at % folds === fold)
    const model = taught(
      features,
      tables.filter((_, at) => at % folds !== fold),
      fit,
    )
    unseen.forEach((table) => {
      said[tables.indexOf(table)] = probabilities(model, table.columns, table.rows)
    })
  }
  return { model: taught(features, tables, fit), said }
}

function stackTwo(
  [risk, compromise]: readonly [readonly Feature[], readonly Feature[]],
  rows: readonly ReturnType<typeof accountRows>[],
  stack: (features: readonly Feature[], tables: readonly Table[]) => Stacked,
): { readonly models: TwoModels; readonly said: readonly Suspicion[] } {
  const asking = (part: Part): readonly Table[] =>
    rows.map((table) => ({ ...table, answer: (row) => (table.parts[row] === part ? 1 : 0) }))
  const [byRisk, byCompromise] = [stack(risk, asking('fraud')), stack(compromise, asking('victim'))]
  return {
    models: { risk: byRisk.model, compromise: byCompromise.model },
    said: rows.map((_, at) =>
      apart({
        risk: byRisk.said[at] ?? new Float64Array(),
        compromise: byCompromise.said[at] ?? new Float64Array(),
      }),
    ),
  }
}

function taught(features: readonly Feature[], tables: readonly Table[], fit: FitOptions): TreeModel {
  const rows = tables.reduce((sum, { chosen }) => sum + chosen.length, 0)
  const columns = new Map(features.map(({ name }) => [name, new Float64Array(rows)]))
  const [answers, weights] = [new Float64Array(rows), new Float64Array(rows)]
  let from = 0
  for (const table of tables) {
    table.chosen.forEach((row, at) => {
      answers[from + at] = table.answer(row)
      weights[from + at] = table.weights[at] ?? 1
    })
    for (const { name } of features) {
      const [own, all] = [table.columns.get(name), columns.get(name)]
      table.chosen.forEach((row, at) => {
        if (all) all[from + at] = own?.[row] ?? Number.NaN
      })
    }
    from += table.chosen.length
  }
  return fitTrees({ features, columns, answers, weights }, fit)
}
