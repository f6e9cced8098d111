/** Rings that a publish knows again, and those there are after it. */
import { isDeepStrictEqual } from 'node:util'
import type { LinkStore } from '../../graph/ports.ts'
import type { DetectionRun, Ring } from '../../graph/ring.ts'
import { type KnownRings, tombstoneDays } from '../../graph/rings/lineage/match.ts'
import type { RingUpdate } from '../../graph/rings/lineage/publish.ts'
import { compareText } from '../../graph/state/order.ts'
import { dayMs } from '../../graph/time.ts'

export type KnownReads = Pick<LinkStore, 'rings'>

const endedSince = (asOf: number): number => asOf - tombstoneDays * dayMs

export async function knownRingsIn(store: KnownReads, asOf: number): Promise<KnownRings> {
  const since = { endedSince: endedSince(asOf) }
  const [active, dissolved, merged] = await Promise.all([
    store.rings({ status: 'active' }),
    store.rings({ status: 'dissolved', ...since }),
    store.rings({ status: 'merged', ...since }),
  ])
  return { active, ended: [...dissolved, ...merged] }
}

export interface RingMemory {
  /** What `knownRingsIn` reads, read only where what is published is not what was made here last. */
  known(
    store: KnownReads,
    published: { readonly last: DetectionRun | undefined; readonly asOf: number },
  ): Promise<KnownRings>
  /** Not yet published, and perhaps never. */
  made(run: DetectionRun, known: KnownRings, update: Pick<RingUpdate, 'rings' | 'active'>): void
}

/** Rings change by publishing alone, but for who looks after them, which no publish asks. */
export function ringMemory(): RingMemory {
  let memory: { readonly run: DetectionRun; readonly rings: KnownRings } | undefined
  return {
    async known(store, { last, asOf }) {
      // Another process may have published by the same number.
      if (!memory || !isDeepStrictEqual(memory.run, last)) return await knownRingsIn(store, asOf)
      const { active, ended } = memory.rings
      return { active, ended: ended.filter((ring) => (ring.ended?.at ?? 0) >= endedSince(asOf)) }
    },
    made(run, { ended }, { rings, active }) {
      const updated = new Set(rings.map(({ id }) => id))
      const stay = ended.filter(({ id }) => !updated.has(id))
      const end = rings.filter(({ status }) => status !== 'active')
      memory = { run, rings: { active: active.toSorted(byRisk), ended: [...stay, ...end] } }
    },
  }
}

/** As stores list them, so that nothing made of them tells where they came from. */
const byRisk = (a: Ring, b: Ring): number => b.head.risk - a.head.risk || compareText(a.id, b.id)
