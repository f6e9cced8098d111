/** What happened to a ring's accounts and when, in the order its graph shows them. */
import type { Ring } from '../../ring.ts'
import { keyOf, type SurroundingsStore } from '../counterfactual/surroundings.ts'
import { decisiveTies } from '../cover.ts'
import { holding, type RingOptions, ringScene } from '../ring.ts'
import { type Timeline, timelineOf } from '../timeline.ts'
import { type DayRow, daysOf, type Lane, lanesOf } from './lanes.ts'
import { accountsInOrder } from './ring-graph.ts'

const daysMax = 400
const marksMax = 40

export interface RingTimeline {
  readonly ring: Ring
  readonly bursts: Pick<Timeline, 'births' | 'arrivals'>
  /** The newest of more than so many days. */
  readonly days: readonly DayRow[]
  readonly lanes: readonly Lane[]
  readonly omitted: { readonly days: number; readonly lanes: number; readonly marks: number }
  readonly truncated: boolean
}

export async function ringTimeline(
  store: SurroundingsStore,
  ring: Ring,
  { from, to, lanesMax, ...options }: RingOptions & { from: number; to: number; lanesMax: number },
): Promise<RingTimeline> {
  const scene = await ringScene(store, ring, options)
  const { states } = scene.read
  const holders = holding(scene.evidence.ties, options.kindOf)
  const masks = new Map(holders.map((tie) => [keyOf(tie), tie.mask]))
  const told = { states, masks, from, to, marksMax }
  const days = daysOf(ring.members, told)
  const lanes = lanesOf(accountsInOrder(scene).slice(0, lanesMax), told)
  const omitted = {
    days: Math.max(0, days.length - daysMax),
    lanes: ring.members.length - lanes.length,
    marks: lanes.reduce((sum, lane) => sum + lane.omitted, 0),
  }
  const known = scene.accounts.flatMap((account) => states.get(account) ?? [])
  const isCut = Object.values(omitted).some((left) => left > 0)
  return {
    ring,
    bursts: timelineOf(known, decisiveTies(holders)),
    days: days.slice(-daysMax),
    lanes,
    omitted,
    truncated: scene.truncated || isCut,
  }
}
