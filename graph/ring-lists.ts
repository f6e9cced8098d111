/** What lists of rings need of a store, for as many rings as they show in one statement each. */
import type { DetectionRun, Ring } from './ring.ts'

export interface RingVersion {
  readonly ring: string
  readonly version: number
}

/** What one publish did to a ring's size. */
export interface RingStep extends RingVersion {
  /** Of the run. */
  readonly asOf: number
  readonly joined: number
  readonly left: number
}

/** When a publish was: the end of the data it saw, and by the clock. */
export type RunTime = Pick<DetectionRun, 'version' | 'asOf' | 'publishedAt'>

export interface RingListStore {
  /** Those that are known, in the order asked, as they are today. */
  ringsOf(ids: readonly string[]): Promise<readonly Ring[]>
  /** What some rings were published with at a version or last before it, in the order asked; `undefined` before their birth. */
  risksAt(asked: readonly RingVersion[]): Promise<readonly (number | undefined)[]>
  /** How some rings changed in size by runs whose `asOf` is after `since`; by ring, then oldest first. */
  steps(rings: readonly string[], options: { since: number }): Promise<readonly RingStep[]>
  /** Those of these publishes that are known, ascending. */
  runTimes(versions: readonly number[]): Promise<readonly RunTime[]>
}
