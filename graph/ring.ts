/** Rings: what detection finds, what is published of it, and how one publish differs from the one before. */
import type { Calibration } from './judging/models.ts'
import type { Shift } from './judging/shift.ts'
import type { IdentifierKey } from './model.ts'
import type { Owner } from './owners.ts'
import type { DetectionWork, SelfCheck } from './run-work.ts'

export const roles = ['victim', 'receiver', 'core', 'bridge', 'associate', 'bystander'] as const
export type Role = (typeof roles)[number]

export const ringClasses = ['fraud_ring', 'takeover_cluster', 'benign_shared', 'uncertain'] as const
export type RingClass = (typeof ringClasses)[number]

/** Of `benign_shared` groups, what their people likely are to each other. */
export const benignSubtypes = ['household', 'workplace_campus', 'kiosk'] as const
export type BenignSubtype = (typeof benignSubtypes)[number]

/** Why a figure is what it is; graph/explain/words.ts turns it into a sentence. */
export interface Reason {
  readonly code: ReasonCode
  /** Kind of identifier it speaks of. */
  readonly kind?: string
  readonly count?: number
  /** Of 1. */
  readonly share?: number
}
export const reasonCodes = [
  'shares_identifier',
  'created_together',
  'few_devices',
  'failed_payments',
  'chargebacks',
  'reports',
  'labelled_fraud',
  'labelled_legit',
  'own_device',
  'household_size',
  'new_identifier_on_established',
  'sensitive_change',
  'weak_tie',
  'no_own_device',
  'shares_money',
  'common_aim',
  'new_accounts',
  'bad_company',
  'strong_links',
  'clean_record',
  'long_standing',
  'clean_company',
  'meets_at_home',
  'holds_in_common',
  'meets_in_a_crowd',
  'public_device',
  'passing_use',
  'unlike_honest',
] as const
export type ReasonCode = (typeof reasonCodes)[number]

/** One account in one ring. Figures are probabilities in steps of 1e-6. */
export interface Member {
  readonly account: string
  readonly role: Role
  readonly membership: number
  readonly risk: number
  readonly compromise: number
  readonly flagged: boolean
  /** Strongest first, at most 3. */
  readonly reasons: readonly Reason[]
}

/** An identifier that holds a ring together. */
export interface RingEvidence extends IdentifierKey {
  readonly mask: string
  /** Members of the ring that use it, and accounts that use it anywhere. */
  readonly members: number
  readonly accounts: number
  /** Its share of the evidence inside the ring, of 1. */
  readonly share: number
}

/** What a ring looks like at one version, without its members. */
export interface RingHead {
  readonly class: RingClass
  /** Of `benign_shared` only, and only where the signs are clear. */
  readonly subtype?: BenignSubtype
  readonly risk: number
  readonly firstSeen: number
  readonly lastSeen: number
  /** Strongest first, at most 5. */
  readonly topEvidence: readonly RingEvidence[]
  /** The two of its accounts with most evidence between them, in the order of their ids; absent where no link is inside. */
  readonly strongest?: readonly [a: string, b: string]
  /** What speaks most for and against it, strongest first. */
  readonly reasons: readonly Reason[]
  /**
   * Strong identifiers (`kind:ref`) that two members or more are on, ascending: a ring is known again by them when its
   * accounts are gone. Absent from rings published before there were any.
   */
  readonly anchors?: readonly string[]
  /** What people decided on it. */
  readonly verdict?: Standing
}

/** A verdict as it stands on a ring. */
export interface Standing {
  /** Id of the decision, which may have been made on a ring that its accounts came from. */
  readonly decision: string
  readonly verdict: Verdict
  /** False once the ring changed too much for it: somebody has to look again. */
  readonly holds: boolean
  readonly expiresAt?: number
}

export interface RingBody {
  readonly head: RingHead
  /** By account, ascending. */
  readonly members: readonly Member[]
}

/** A ring as detection finds it, before it has an identity. */
export interface FoundRing extends RingBody {
  /** The members on each anchor, to tell why a ring changed. */
  readonly usersOf?: ReadonlyMap<string, readonly string[]>
}

export const ringStatuses = ['active', 'merged', 'dissolved'] as const
export type RingStatus = (typeof ringStatuses)[number]

/** A published ring. */
export interface Ring extends RingBody {
  readonly id: string
  readonly status: RingStatus
  /** Publish numbers at which it was born and last changed. */
  readonly bornVersion: number
  readonly version: number
  /** The ring it split off from. */
  readonly parent?: string
  /** The ring that absorbed it, which may have been absorbed since. */
  readonly movedTo?: string
  /** Of a ring that is no longer active. */
  readonly ended?: RingEnd
  /** Today, of every version; no part of what is published. */
  readonly owner?: Owner
}

export interface RingEnd {
  /** `asOf` of the run that ended it. */
  readonly at: number
  /** The accounts that made it then, ascending: it comes back by them or by its anchors. */
  readonly core: readonly string[]
}

/**
 * Where the accounts of a ring come from, or go to when it ends: shares of 1, in steps of 1e-6, over the rings of the
 * publish before, or of this one (after Failla, Cazabet, Rossetti & Citraro 2024, "Describing group evolution in
 * temporal data using multi-faceted events").
 */
export interface RingFlow {
  /** How far the ring most of them come from is ahead of the second; 1 when there is but one. */
  readonly unicity: number
  /** How much of the rings they come from is here, by the accounts each gave; 1 when those came whole. */
  readonly identity: number
  /** Its accounts that are in no ring there. */
  readonly outflow: number
}

export const changeKinds = [
  'born',
  'continued',
  'grew',
  'shrank',
  'split',
  'merged',
  'dissolved',
  'revived',
  'reclassified',
  'decided',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/** What one publish did to one ring; folding a ring's rows in order gives any version of it. */
export interface RingChange {
  readonly ring: string
  readonly version: number
  readonly kind: ChangeKind
  readonly cause: string
  readonly status: RingStatus
  readonly movedTo?: string
  /** Of a ring that split off: the ring it came from. */
  readonly parent?: string
  readonly ended?: RingEnd
  /** `asOf` of the run; absent, as `flow`, from rows written before there were any. */
  readonly asOf?: number
  readonly flow?: RingFlow
  readonly head: RingHead
  readonly joined: readonly Member[]
  readonly left: readonly string[]
  /** New figures of members that stayed. */
  readonly changed: readonly Member[]
}

/** How identifiers of one kind are spread over accounts: sums over its identifiers, k being the accounts on one. */
export interface KindStatistics {
  readonly kind: string
  readonly identifiers: number
  /** Sum of k. */
  readonly uses: number
  /** Sum of k (k - 1). */
  readonly ordered: number
}

/** How often a reason speaks for or against a ring of the run. */
export interface ReasonStatistics {
  readonly code: ReasonCode
  /** Rings that have it, those of them where it comes with a share, and the sum of those shares. */
  readonly rings: number
  readonly shares: number
  readonly sum: number
}

export interface RunStatistics {
  /** By name. */
  readonly kinds: readonly KindStatistics[]
  /** By code. */
  readonly reasons: readonly ReasonStatistics[]
  /** Whether any account's birth is known; decides who counts as established. */
  readonly dataHasSignups: boolean
}

export interface DetectionRun {
  /** The publish number: 1, 2, 3 ... */
  readonly version: number
  readonly asOf: number
  /** The state's change number that it saw (ports.ts, `StateProgress`). */
  readonly stateChanges: number
  /** Clock time at which it was published. */
  readonly publishedAt: number
  readonly tookMs: number
  readonly accounts: number
  /** Pairs of accounts with evidence above the least that counts. */
  readonly links: number
  readonly rings: number
  /** Name and digest of the evidence policy. */
  readonly policy: string
  readonly method: 'cpm-leiden' | 'louvain'
  /** Who confirmed the models that judged; absent from runs before there were any but those shipped. */
  readonly calibration?: Calibration
  /** The deployment's own models that judged; absent: those that are shipped. */
  readonly localModels?: string
  /** Own models that were chosen, but could not be read by the version that judged. */
  readonly unreadableModels?: string
  /** Decisions and retractions that it obeyed; absent from runs before there were any. */
  readonly decisions?: number
  /** How much the models said, and whether that is more than they ever should. */
  readonly shift?: Shift
  /**
   * The publish whose run measured the statistics of the whole population that it was judged by; its own number where it
   * measured them itself. Absent, as the two below, from runs before there were any.
   */
  readonly measuredIn?: number
  /** How much of the population linking looked at; absent where that was all of it. */
  readonly work?: DetectionWork
  /** What came of comparing what is known after many changes with all of it detected anew. */
  readonly selfCheck?: SelfCheck
  /** What explanations need of the whole; absent from runs published before there were any. */
  readonly statistics?: RunStatistics
}

/** All that one publish writes, in one step. */
export interface Publication {
  readonly run: DetectionRun
  /** Rings that are new or differ from what is published. */
  readonly rings: readonly Ring[]
  readonly changes: readonly RingChange[]
  /** The serving snapshot (src/snapshot). */
  readonly snapshot: Uint8Array
}

export const verdicts = ['confirm', 'benign'] as const
export type Verdict = (typeof verdicts)[number]

/** A verdict on a ring, bound to the version that was seen. */
export interface Decision {
  readonly id: string
  readonly ring: string
  readonly ringVersion: number
  /** What it was published as then, and the accounts that made it, ascending. */
  readonly class: RingClass
  readonly core: readonly string[]
  readonly verdict: Verdict
  readonly author: string
  readonly reason: string
  readonly at: number
  readonly retractedAt?: number
  /** It stands for days of data that end before it. */
  readonly expiresAt?: number
  /** Hash of the receipt: what it was taken on; absent from decisions taken before there were any. */
  readonly receipt?: string
}
