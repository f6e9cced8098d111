/** What a population or an attack is to a world: a name and a way to plan itself into a neighbourhood. */
import type { LabelReason } from '../graph/model.ts'
import type { CustomFigures } from './customs.ts'
import type { RangeEvent } from './event.ts'
import type { Networks } from './networks.ts'
import type { Person } from './person.ts'
import type { Random } from './random.ts'
import type { TruthLine } from './truth.ts'

/** A part of the world generated at once: its people know each other, and attacks stay inside. */
export interface Place {
  readonly startAt: number
  readonly endAt: number
  /** Sessions people have, as a multiple of the usual. */
  readonly tempo: number
  readonly networks: Networks
  readonly customs: CustomFigures
  /** Addresses of its parcel lockers; at least one. */
  readonly lockers: readonly string[]
  /** Times at which marketing brings many sign-ups. */
  readonly campaigns: readonly number[]
  /** Honest people settled so far. */
  readonly residents: readonly Person[]
  /** Whether an account carries no ring yet. */
  readonly isFree: (account: string) => boolean
}

export interface PlanRequest {
  /** Named for this plan alone. */
  readonly random: Random
  /** A population adds at most so many accounts; a ring has at most so many, victims included. */
  readonly room: number
  /** Unique in the world; names the household or the ring. */
  readonly id: string
}

export interface Plan {
  /** Honest people who came to stay. */
  readonly settlers: readonly Person[]
  /** Events at or after the end of the window are left out. */
  readonly events: readonly RangeEvent[]
  readonly truth: readonly PlannedTruth[]
}

/** A resident's line replaces the one it had, its group stays. */
export interface PlannedTruth extends TruthLine {
  /** When the account's part in the fraud begins. */
  readonly since?: number
}

export interface Plugin {
  readonly name: string
  /** The least room it can do with. */
  readonly accountsMin: number
  plan(place: Place, request: PlanRequest): Plan
}

export type Population = Plugin

export interface Attack extends Plugin {
  /** The most accounts a ring of it may have, if that is more than a place lets others have. */
  readonly accountsMax?: number
  /** What reviewers call it. */
  readonly reasons: readonly LabelReason[]
}
