/** From a deployment's labels to models of its own, and what would change by them. Nothing is put in force here. */
import { type DetectRingsOptions, linkAccounts } from './detect.ts'
import { judgingInput } from './judging/features/input.ts'
import { type Adaptation, adapt } from './judging/local/adapt.ts'
import { countKnown, type Known, type KnownLabel, knownIn, knownLabels } from './judging/local/known.ts'
import type { Labelling } from './judging/local/labelling.ts'
import type { JudgingModels } from './judging/models.ts'
import { shippedModels } from './judging/shipped.ts'
import { flagMins, reviewMin } from './judging/thresholds.ts'
import type { StateStore } from './ports.ts'
import { type Decision, type RingClass, ringClasses } from './ring.ts'
import { publishedRings } from './rings/assemble.ts'

/** Of one label: how many accounts carry it, and how many of those shipped models and the new ones flag, not knowing the label. */
export interface HeldBackFlags {
  readonly labels: number
  readonly shipped: number
  readonly local: number
}

export interface RetrainReport {
  /** Accounts by label, or by the verdict on their ring. */
  readonly labels: Readonly<Record<KnownLabel, number>>
  /** How often, of 1, an account labelled as fraud looked riskier than one that is not (`agreementMin`). */
  readonly agreement: number
  readonly risk: Labelling
  /** `null` while too few victims are labelled. */
  readonly compromise: Labelling | null
  /** Published rings by class, as judged now and as the new models would. */
  readonly rings: { readonly before: RingCounts; readonly after: RingCounts }
  readonly flags: {
    readonly before: number
    readonly after: number
    /** Accounts that only the new models flag, and that only they do not; the first by id. */
    readonly added: readonly string[]
    readonly released: readonly string[]
    readonly addedCount: number
    readonly releasedCount: number
    /** Mean risk of those flagged after, of 1: so many of them should be right. */
    readonly expectedPrecision: number
  }
  /** Accounts with a risk or compromise for review and above. */
  readonly reviewed: { readonly before: number; readonly after: number }
  readonly heldBack: Readonly<Record<KnownLabel, HeldBackFlags>>
}

export type RingCounts = Readonly<Record<RingClass, number>>

export interface Retrained {
  readonly models: JudgingModels
  readonly report: RetrainReport
}

/** Accounts that a report names. */
const namedMax = 20

export interface RetrainOptions
  extends Omit<DetectRingsOptions, 'models' | 'asOf' | 'publicness' | 'method'> {
  /** The models to compare with. */
  readonly inForce: JudgingModels
  /** Verdicts on rings, which speak for accounts without a label. */
  readonly decisions: readonly Decision[]
}

/** Throws `not_ready` while there are too few labels. */
export async function retrain(
  store: Pick<StateStore, 'scanAccounts' | 'scanIdentifiers'>,
  { inForce, decisions, ...options }: RetrainOptions,
): Promise<Retrained> {
  const { kindOf, onProgress } = options
  const linked = await linkAccounts(store, { ...options, method: 'cpm-leiden' })
  const input = judgingInput({ ...linked, kindOf })
  const known = knownIn(linked.table.facts, decisions)
  const onStep = (step: string, done: number, of: number): void => onProgress({ step, done, of })
  const adaptation = adapt(input, shippedModels(), { known, onStep })
  onProgress({ step: 'comparing', done: 0, of: 1 })
  const look = (models: JudgingModels) => publishedRings(input, { grouping: linked.grouping, models }).rings
  return {
    models: adaptation.models,
    report: reportOf(known, adaptation, { before: look(inForce), after: look(adaptation.models) }),
  }
}

type Published = ReturnType<typeof publishedRings>['rings']

function reportOf(
  known: Known,
  adaptation: Adaptation,
  { before, after }: { readonly before: Published; readonly after: Published },
): RetrainReport {
  const { risk, compromise, agreement } = adaptation
  const heldBack = adaptation.heldBack()
  return {
    labels: byLabel((label) => countKnown(known, label)),
    agreement,
    risk,
    compromise: compromise ?? null,
    rings: { before: ringCounts(before), after: ringCounts(after) },
    flags: flagsOf(before, after),
    reviewed: { before: reviewedIn(before), after: reviewedIn(after) },
    heldBack: byLabel((label) => heldBackFlags(known, heldBack, label)),
  }
}

const byLabel = <T>(of: (label: KnownLabel) => T): Readonly<Record<KnownLabel, T>> =>
  Object.fromEntries(knownLabels.map((label) => [label, of(label)])) as Record<KnownLabel, T>

const ringCounts = (rings: Published): RingCounts =>
  Object.fromEntries(
    ringClasses.map((name) => [name, rings.filter(({ head }) => head.class === name).length]),
  ) as Record<RingClass, number>

const reviewedIn = (rings: Published): number =>
  rings
    .flatMap(({ members }) => members)
    .filter(({ risk, compromise }) => Math.max(risk, compromise) >= reviewMin).length

function flagsOf(before: Published, after: Published): RetrainReport['flags'] {
  const flaggedIn = (rings: Published) =>
    rings.flatMap(({ members }) => members.filter(({ flagged }) => flagged))
  const [then, now] = [flaggedIn(before), flaggedIn(after)]
  const [old, young] = [then, now].map((members) => new Set(members.map(({ account }) => account)))
  const added = [...(young ?? [])].filter((account) => !old?.has(account)).toSorted()
  const released = [...(old ?? [])].filter((account) => !young?.has(account)).toSorted()
  return {
    before: then.length,
    after: now.length,
    added: added.slice(0, namedMax),
    released: released.slice(0, namedMax),
    addedCount: added.length,
    releasedCount: released.length,
    expectedPrecision: now.length > 0 ? now.reduce((sum, { risk }) => sum + risk, 0) / now.length : 0,
  }
}

function heldBackFlags(
  known: Known,
  heldBack: ReturnType<Adaptation['heldBack']>,
  label: KnownLabel,
): HeldBackFlags {
  const own = [...heldBack.values()].filter((one) => one.label === label)
  return {
    labels: countKnown(known, label),
    shipped: own.filter(({ shipped }) => shipped >= flagMins.shipped).length,
    local: own.filter(({ local }) => local >= flagMins.local).length,
  }
}
