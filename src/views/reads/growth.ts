/** How rings grew in the last days of the state's own time. */
import type { ReadingStore } from '../../../graph/ports.ts'
import type { DetectionRun, Ring } from '../../../graph/ring.ts'
import type { RingStep } from '../../../graph/ring-lists.ts'
import { dayMs } from '../../../graph/time.ts'
import { iso } from '../times.ts'

/** Steps shown of one ring. */
const stepsMax = 60

/** Days of which the queue tells what they brought. */
export const weekDays = 7

export interface Growth {
  readonly days: number
  /** After it the last week began. */
  readonly weekAt: number
  /** The changes of a ring within those days, oldest first. */
  readonly steps: ReadonlyMap<string, readonly RingStep[]>
}

/** `run` is what is published; days end with its `asOf`. One statement, however many rings. */
export async function readGrowth(
  store: Pick<ReadingStore, 'steps'>,
  run: Pick<DetectionRun, 'asOf'> | undefined,
  { days, rings }: { readonly days: number; readonly rings: readonly string[] },
): Promise<Growth> {
  const asOf = run?.asOf ?? 0
  const found = rings.length > 0 ? await store.steps(rings, { since: asOf - days * dayMs }) : []
  return { days, weekAt: asOf - weekDays * dayMs, steps: Map.groupBy(found, ({ ring }) => ring) }
}

/** Accounts that came, less those that went. */
export const grownBy = ({ steps }: Pick<Growth, 'steps'>, ring: string): number =>
  netOf(steps.get(ring) ?? [])

export const netOf = (steps: readonly RingStep[]): number =>
  steps.reduce((sum, { joined, left }) => sum + joined - left, 0)

export function growthView({ days, weekAt, steps }: Growth, { id, members }: Pick<Ring, 'id' | 'members'>) {
  const own = steps.get(id) ?? []
  let size = members.length
  const sizes = own.toReversed().map(({ version, asOf, joined, left }) => {
    const row = { version, asOf: iso(asOf), size }
    size -= joined - left
    return row
  })
  return {
    days,
    joined: own.reduce((sum, { joined }) => sum + joined, 0),
    left: own.reduce((sum, { left }) => sum + left, 0),
    week: netOf(own.filter(({ asOf }) => asOf > weekAt)),
    sizeBefore: Math.max(0, size),
    sizes: sizes.slice(0, stepsMax).toReversed(),
  }
}
