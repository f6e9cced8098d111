/** A world of the range as a deployment would live through it: a run at the end of every day. */
import { detectRings } from '../../graph/detect.ts'
import { shippedKinds } from '../../graph/identifiers/registry.ts'
import type { Ring, RingChange } from '../../graph/ring.ts'
import { tombstoneDays } from '../../graph/rings/lineage/match.ts'
import { updateRings } from '../../graph/rings/lineage/publish.ts'
import { dayMs, dayOf } from '../../graph/time.ts'
import type { TruthLine } from '../../range/truth.ts'
import type { WorldOrder } from '../../range/world.ts'
import { memoryState } from '../../src/cli/board/memory-state.ts'
import { toldWorld } from './core/town.ts'

export interface DailyRun {
  readonly day: number
  /** Every ring there ever was. */
  readonly rings: ReadonlyMap<string, Ring>
  readonly changes: readonly RingChange[]
}

export interface LivedWorld {
  readonly truth: readonly TruthLine[]
  readonly runs: readonly DailyRun[]
}

/** The last `days` of the world, each run told all that happened until then. */
export async function dailyRuns(order: WorldOrder, days: number): Promise<LivedWorld> {
  const { events, labels, truth } = await toldWorld(order)
  const lastDay = dayOf(events.at(-1)?.at ?? 0)
  const state = memoryState()
  const runs: DailyRun[] = []
  let rings: ReadonlyMap<string, Ring> = new Map()
  for (let day = lastDay - days + 1, since = -Infinity; day <= lastDay; since = day, day++) {
    const isNew = ({ at }: { at: number }): boolean => dayOf(at) > since && dayOf(at) <= day
    state.record(events.filter(isNew))
    for (const label of labels.filter(isNew)) state.label(label)
    const found = await detectRings(state, {
      kindOf: (kind) => shippedKinds.get(kind),
      method: 'cpm-leiden',
      onProgress: () => {},
    })
    const all = [...rings.values()]
    const known = {
      active: all.filter(({ status }) => status === 'active'),
      ended: all.filter(
        ({ status, ended }) => status !== 'active' && (ended?.at ?? 0) >= found.asOf - tombstoneDays * dayMs,
      ),
    }
    const { changes, rings: updated } = updateRings(found.rings, known, {
      version: runs.length + 1,
      asOf: found.asOf,
    })
    rings = new Map([...rings, ...updated.map((ring) => [ring.id, ring] as const)])
    runs.push({ day, rings, changes })
  }
  return { truth, runs }
}

/** Members of active rings at each run, as the range scores them. */
export const publishedAt = ({ rings }: DailyRun) =>
  [...rings.values()].flatMap(({ id, members }) =>
    members.map(({ account, role, flagged }) => ({ account, ring: id, role, flagged })),
  )
