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
import { type Labelling, logistic, type OwnLabel } from './labelling.ts'
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
  const known = { facts, columns, shipped }
  onStep('fitting', 0, 1)
  const risk = refitRisk(known, () => false)
  const compromise = refitCompromise(known)
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
    heldBack: () => heldBackBy(input, known, onStep),
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

/** With some labels left out of account. */
const refitRisk = (known: Known, isHidden: (account: number) => boolean): Refit =>
  refit({
    ...seenIn(known),
    model: known.shipped.second.risk,
    features: secondRiskFeatures,
    labelOf: (account) => (isHidden(account) ? undefined : asked(known, account, 'fraud')),
    isAnothers: takenIn(known),
  })

function refitCompromise(known: Known): Refit | undefined {
  if (countLabelled(known.facts, 'victim') < labelsMin) return undefined
  const isTaken = takenIn(known)
  return refit({
    ...seenIn(known),
    model: known.shipped.second.compromise,
    features: secondCompromiseFeatures,
    labelOf: (account) => asked(known, account, 'victim'),
    isAnothers: (account) => !isTaken(account),
  })
}

const seenIn = ({ facts, columns }: Known) => ({ columns, accounts: facts.length })

function asked({ facts }: Known, account: number, sought: KnownLabel): OwnLabel {
  const label = facts[account] && labelOf(facts[account])
  if (label === undefined) return undefined
  return label === sought ? 'sought' : 'cleared'
}

/** Whom shipped models take for a victim rather than for a partner. */
function takenIn({ facts, columns, shipped }: Known): (account: number) => boolean {
  const byRisk = scoreRows(shipped.second.risk, columns, facts.length)
  const byCompromise = scoreRows(shipped.second.compromise, columns, facts.length)
  return (account) => (byCompromise[account] ?? 0) > (byRisk[account] ?? 0)
}

function heldBackBy(
  input: JudgingInput,
  known: Known,
  onStep: (step: string, done: number, of: number) => void,
): ReadonlyMap<number, HeldBack> {
  const { facts, columns, shipped } = known
  const foldOf = labelFolds(input)
  const folds = [...new Set(foldOf.values())]
  const before = scoreRows(shipped.second.risk, columns, facts.length)
  const held = new Map<number, HeldBack>()
  folds.forEach((fold, done) => {
    onStep('holding labels back', done, folds.length)
    const { model } = refitRisk(known, (account) => foldOf.get(account) === fold)
    const after = scoreRows(model, columns, facts.length)
    for (const [account, own] of foldOf) {
      const label = facts[account] && labelOf(facts[account])
      if (own !== fold || label === undefined) continue
      held.set(account, {
        label,
        shipped: logistic((before[account] ?? 0) / 1e6),
        local: logistic((after[account] ?? 0) / 1e6),
      })
    }
  })
  return held
}
