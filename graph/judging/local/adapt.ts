/** Shipped models made a deployment's own, by what its people labelled. */
import { AppError } from '../../errors.ts'
import type { AccountFacts } from '../../evidence/account-facts.ts'
import { secondCompromiseFeatures, secondRiskFeatures } from '../catalogue.ts'
import type { JudgingInput } from '../features/input.ts'
import { judge } from '../judge.ts'
import type { JudgingModels } from '../models.ts'
import { type ExpectedShares, shareOf } from '../shift.ts'
import { flagMins, reviewMin } from '../thresholds.ts'
import { type Columns, scoreRows } from '../trees/model.ts'
import { type Labelling, type OwnLabel, oddsOf } from './labelling.ts'
import { columnsWithoutOwnLabel, labelFolds } from './own-labels.ts'
import { type Refit, refit } from './refit.ts'

/** Fewer labels confirm nothing. */
export const labelsMin = 30
/** Labels that agree less with what models said before contradict them. */
export const agreementMin = 0.6

export interface Adaptation {
  readonly models: JudgingModels
  readonly risk: Labelling
  /** `undefined` while too few victims are labelled: then `compromise` stays as shipped. */
  readonly compromise: Labelling | undefined
  /** How often, of 1, an account labelled as fraud looked riskier than one that is not (`agreementMin`). */
  readonly agreement: number
  /** Of each labelled account the risk that is said of it by models that its label has not taught; takes longer than the rest. */
  heldBack(): ReadonlyMap<number, HeldBack>
}

export interface HeldBack {
  readonly label: KnownLabel
  /** By the models as shipped, and as adapted. */
  readonly shipped: number
  readonly local: number
}

/** Throws `not_ready` below `labelsMin` accounts that are labelled as fraud. */
export function adapt(
  input: JudgingInput,
  shipped: JudgingModels,
  onStep: (step: string, done: number, of: number) => void = () => {},
): Adaptation {
  const { facts } = input.table
  const fraud = countLabelled(facts, 'fraud')
  if (fraud < labelsMin) {
    throw new AppError(
      'not_ready',
      `Models are adapted from ${labelsMin} accounts on that are labelled as fraud; there are ${fraud}. Send more to POST /v1/labels`,
    )
  }
  const { columns } = columnsWithoutOwnLabel(input, shipped, (done, of) => onStep('hiding labels', done, of))
  const fit = (isHidden: (account: number) => boolean) => refitBoth({ facts, columns, shipped, isHidden })
  onStep('fitting', 0, 1)
  const { risk, compromise } = fit(() => false)
  const models: JudgingModels = {
    ...shipped,
    calibration: 'local',
    second: { risk: risk.model, compromise: compromise?.model ?? shipped.second.compromise },
  }
  return {
    models: { ...models, expected: expectedOf(judge(input, models).risk, shipped.expected) },
    risk: risk.labelling,
    compromise: compromise?.labelling,
    agreement: risk.agreement,
    heldBack: () => heldBackBy({ input, columns, shipped, onStep }, fit),
  }
}

/** What labels say; `none` takes a label back. */
export const knownLabels = ['fraud', 'victim', 'legit'] as const
export type KnownLabel = (typeof knownLabels)[number]

/** The newest label of an account speaks: who labels again has looked again. */
export function labelOf({ labels }: AccountFacts): KnownLabel | undefined {
  const [newest] = labels.filter(({ label }) => label !== 'none').toSorted((a, b) => b.at - a.at)
  return knownLabels.find((label) => label === newest?.label)
}

export const countLabelled = (facts: readonly AccountFacts[], wanted: KnownLabel): number =>
  facts.filter((one) => labelOf(one) === wanted).length

/** What is said now is what is to be expected from now on. */
function expectedOf(risk: Float64Array, shipped: ExpectedShares): ExpectedShares {
  const shareFrom = (least: number): number => shareOf(risk, (one) => one >= least)
  return {
    flagged: Math.max(shipped.flagged, shareFrom(flagMins.local)),
    reviewed: Math.max(shipped.reviewed, shareFrom(reviewMin)),
  }
}

interface Known {
  readonly facts: readonly AccountFacts[]
  readonly columns: Columns
  readonly shipped: JudgingModels
}

function refitBoth({
  facts,
  columns,
  shipped,
  isHidden,
}: Known & { readonly isHidden: (account: number) => boolean }): { risk: Refit; compromise?: Refit } {
  const accounts = facts.length
  const asking =
    (sought: KnownLabel) =>
    (account: number): OwnLabel => {
      const own = facts[account]
      const label = own && !isHidden(account) ? labelOf(own) : undefined
      if (label === undefined) return undefined
      return label === sought ? 'sought' : 'cleared'
    }
  const [byRisk, byCompromise] = [shipped.second.risk, shipped.second.compromise].map((model) =>
    scoreRows(model, columns, accounts),
  )
  const isTaken = (account: number): boolean => (byCompromise?.[account] ?? 0) > (byRisk?.[account] ?? 0)
  const risk = refit({
    model: shipped.second.risk,
    features: secondRiskFeatures,
    columns,
    accounts,
    labelOf: asking('fraud'),
    isAnothers: isTaken,
  })
  if (countLabelled(facts, 'victim') < labelsMin) return { risk }
  const compromise = refit({
    model: shipped.second.compromise,
    features: secondCompromiseFeatures,
    columns,
    accounts,
    labelOf: asking('victim'),
    isAnothers: (account) => !isTaken(account),
  })
  return { risk, compromise }
}

interface HoldingBack extends Omit<Known, 'facts'> {
  readonly input: JudgingInput
  readonly onStep: (step: string, done: number, of: number) => void
}

function heldBackBy(
  { input, columns, shipped, onStep }: HoldingBack,
  fit: (isHidden: (account: number) => boolean) => { risk: Refit },
): ReadonlyMap<number, HeldBack> {
  const { facts } = input.table
  const foldOf = labelFolds(input)
  const folds = [...new Set(foldOf.values())]
  const before = scoreRows(shipped.second.risk, columns, facts.length)
  const held = new Map<number, HeldBack>()
  folds.forEach((fold, done) => {
    onStep('holding labels back', done, folds.length)
    const { risk } = fit((account) => foldOf.get(account) === fold)
    const after = scoreRows(risk.model, columns, facts.length)
    for (const [account, own] of foldOf) {
      const label = facts[account] && labelOf(facts[account])
      if (own !== fold || label === undefined) continue
      held.set(account, {
        label,
        shipped: oddsOf((before[account] ?? 0) / 1e6),
        local: oddsOf((after[account] ?? 0) / 1e6),
      })
    }
  })
  return held
}
