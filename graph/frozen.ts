/**
 * What a run takes from the population as a whole: measured by one run and kept by those after it, so that between them
 * no part of the population changes what is found in another (docs/decisions/0019).
 */
import type { Asserted } from './assertions/standing.ts'
import type { JudgedBy } from './judging/judge.ts'
import type { HonestGroups } from './judging/surprise.ts'
import type { Trust } from './judging/thresholds.ts'
import type { PublicnessFactors } from './projection/publicness.ts'
import type { TakeoverChance } from './takeover/chance.ts'

export interface Frozen {
  readonly asOf: number
  /** What people held to be true then. */
  readonly asserted: Asserted
  /** Decides who counts as established. */
  readonly dataHasSignups: boolean
  readonly publicness: PublicnessFactors
  readonly chance: TakeoverChance
  readonly by: JudgedBy
  readonly honest: HonestGroups
  readonly trust: Trust
}
