/** How rings grew in the last days of the state's own time, read off the rows of what changed. */
import type { ReadingStore } from '../../../graph/ports.ts'
import type { DetectionRun, Ring, RingChange } from '../../../graph/ring.ts'
import { dayMs } from '../../../graph/time.ts'
import { iso } from '../times.ts'

/** Rows read at once; a row of a first publish holds every member of its ring. */
const pageSize = 500

/** Steps shown of one ring. */
const stepsMax = 60

type Changes = Pick<ReadingStore, 'changes'>

interface Step {
  readonly version: number
  readonly at: number
  readonly joined: number
  readonly left: number
}

export interface Growth {
  readonly days: number
  /** The changes of a ring within those days, oldest first. */
  readonly steps: ReadonlyMap<string, readonly Step[]>
}

/** `run` is what is published; days end with its `asOf`. */
export async function readGrowth(
  store: Changes,
  run: Pick<DetectionRun, 'asOf' | 'version'>,
  days: number,
): Promise<Growth> {
  const since = run.asOf - days * dayMs
  const first = await firstVersionAfter(store, since, run.version)
  const steps = new Map<string, Step[]>()
  let after = { version: first, ring: '' }
  for (;;) {
    const rows = await store.changes({ after, limit: pageSize })
    for (const { ring, version, asOf, joined, left } of rows) {
      const step = { version, at: asOf ?? run.asOf, joined: joined.length, left: left.length }
      steps.set(ring, [...(steps.get(ring) ?? []), step])
    }
    const last = rows.at(-1)
    if (rows.length < pageSize || !last) return { days, steps }
    after = { version: last.version, ring: last.ring }
  }
}

/** The least version whose rows are of a moment after `since`: rows are in order of their time. */
async function firstVersionAfter(store: Changes, since: number, newest: number): Promise<number> {
  let [low, high] = [1, newest + 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [row] = await store.changes({ after: { version: middle, ring: '' }, limit: 1 })
    if (isAfter(row, since)) high = middle
    else low = middle + 1
  }
  return low
}

/** Rows written before there were times are older than all. */
const isAfter = (row: RingChange | undefined, since: number): boolean =>
  row === undefined || (row.asOf ?? -Infinity) > since

/** Accounts that came, less those that went. */
export const grownBy = ({ steps }: Growth, ring: string): number =>
  (steps.get(ring) ?? []).reduce((sum, { joined, left }) => sum + joined - left, 0)

export function growthView({ days, steps }: Growth, { id, members }: Pick<Ring, 'id' | 'members'>) {
  const own = steps.get(id) ?? []
  let size = members.length
  const sizes = own.toReversed().map(({ version, at, joined, left }) => {
    const row = { version, asOf: iso(at), size }
    size -= joined - left
    return row
  })
  return {
    days,
    joined: own.reduce((sum, { joined }) => sum + joined, 0),
    left: own.reduce((sum, { left }) => sum + left, 0),
    sizeBefore: Math.max(0, size),
    sizes: sizes.slice(0, stepsMax).toReversed(),
  }
}
