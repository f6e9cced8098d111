/** Shipped models made a deployment's own, by what its people labelled. */
import { AppError } from '../../errors.ts'
import { secondCompromiseFeatures, secondRiskFeatures } from '../catalogue.ts'
import type { JudgingInput } from '../features/input.ts'
import { judge } from '../judge.ts'
import type { JudgingModels } from '../models.ts'
import { type ExpectedShares, shareOf } from '../shift.ts'
import { flagMins, reviewMin } from '../thresholds.ts'
import { type Columns, scoreRows } from '../trees/model.ts'
import { countKnown, type Known, type KnownLabel, knownIn } from './known.ts'
import { type Labelling, logistic, type OwnLabel } from './labelling.ts'
import { columnsWithoutOwnLabel, labelFolds } from './own-labels.ts'
import { type Refit, refit } from './refit.ts'

/** Fewer labels confirm nothing. */
export const labelsMin = 30
/** Labels that agree less with what models said before contradict them. */
export const agreementMin = 0.6

type OnStep = (step: string, done: number, of: number) => void

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
  {
    known = knownIn(input.table.facts),
    onStep = () => {},
  }: { readonly known?: Known; readonly onStep?: OnStep } = {},
): Adaptation {
  const fraud = countKnown(known, 'fraud')
  if (fraud < labelsMin) {
    throw new AppError(
      'not_ready',
      `Models are adapted from ${labelsMin} accounts on that are labelled as fraud; there are ${fraud}. Send more to POST /v1/labels, or confirm rings`,
    )
  }
  const hiding = (done: number, of: number): void => onStep('hiding labels', done, of)
  const { columns } = columnsWithoutOwnLabel(input, shipped, { known, onStep: hiding })
  const lesson = { known, columns, shipped }
  onStep('fitting', 0, 1)
  const risk = refitRisk(lesson, () => false)
  const compromise = refitCompromise(lesson)
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
    heldBack: () => heldBackBy(input, lesson, onStep),
  }
}

/** What is said now is what is to be expected from now on. */
function expectedOf(risk: Float64Array, shipped: ExpectedShares): ExpectedShares {
  const shareFrom = (least: number): number => shareOf(risk, (one) => one >= least)
  return {
    flagged: Math.max(shipped.flagged, shareFrom(flagMins.local)),
    reviewed: Math.max(shipped.reviewed, shareFrom(reviewMin)),
  }
}

interface OwnLesson {
  readonly known: Known
  readonly columns: Columns
  readonly shipped: JudgingModels
}

/** With some labels left out of account. */
const refitRisk = (lesson: OwnLesson, isHidden: (account: number) => boolean): Refit =>
  refit({
    ...seenIn(lesson),
    model: lesson.shipped.second.risk,
    features: secondRiskFeatures,
    labelOf: (account) => (isHidden(account) ? undefined : asked(lesson, account, 'fraud')),
    isAnothers: takenIn(lesson),
  })

function refitCompromise(lesson: OwnLesson): Refit | undefined {
  if (countKnown(lesson.known, 'victim') < labelsMin) return undefined
  const isTaken = takenIn(lesson)
  return refit({
    ...seenIn(lesson),
    model: lesson.shipped.second.compromise,
    features: secondCompromiseFeatures,
    labelOf: (account) => asked(lesson, account, 'victim'),
    isAnothers: (account) => !isTaken(account),
  })
}

const seenIn = ({ known, columns }: OwnLesson) => ({ columns, accounts: known.length })

function asked({ known }: OwnLesson, account: number, sought: KnownLabel): OwnLabel {
  const label = known[account]
  if (label === undefined) return undefined
  return label === sought ? 'sought' : 'cleared'
}

/** Whom shipped models take for a victim rather than for a partner. */
function takenIn({ known, columns, shipped }: OwnLesson): (account: number) => boolean {
  const byRisk = scoreRows(shipped.second.risk, columns, known.length)
  const byCompromise = scoreRows(shipped.second.compromise, columns, known.length)
  return (account) => (byCompromise[account] ?? 0) > (byRisk[account] ?? 0)
}

function heldBackBy(input: JudgingInput, lesson: OwnLesson, onStep: OnStep): ReadonlyMap<number, HeldBack> {
  const { known, columns, shipped } = lesson
  const foldOf = labelFolds(input, known)
  const folds = [...new Set(foldOf.values())]
  const before = scoreRows(shipped.second.risk, columns, known.length)
  const held = new Map<number, HeldBack>()
  folds.forEach((fold, done) => {
    onStep('holding labels back', done, folds.length)
    const { model } = refitRisk(lesson, (account) => foldOf.get(account) === fold)
    const after = scoreRows(model, columns, known.length)
    for (const [account, own] of foldOf) {
      const label = known[account]
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
