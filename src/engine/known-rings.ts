/** Rings that a publish knows again, and those there are after it. */
import type { LinkStore } from '../../graph/ports.ts'
import type { Ring } from '../../graph/ring.ts'
import { type KnownRings, tombstoneDays } from '../../graph/rings/lineage/match.ts'
import { dayMs } from '../../graph/time.ts'

export type KnownReads = Pick<LinkStore, 'rings'>

export async function knownRingsIn(store: KnownReads, asOf: number): Promise<KnownRings> {
  const endedSince = asOf - tombstoneDays * dayMs
  return {
    active: await store.rings({ status: 'active' }),
    ended: [
      ...(await store.rings({ status: 'dissolved', endedSince })),
      ...(await store.rings({ status: 'merged', endedSince })),
    ],
  }
}

export function activeRings(published: readonly Ring[], updated: readonly Ring[]): readonly Ring[] {
  const rings = new Map(published.map((ring) => [ring.id, ring]))
  for (const ring of updated) rings.set(ring.id, ring)
  return [...rings.values()].filter(({ status }) => status === 'active')
}
