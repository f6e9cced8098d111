/** Worlds in memory, detected and published once. */
import fc from 'fast-check'
import { detectRings } from '../../../graph/detect.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { publicnessOf } from '../../../graph/projection/publicness.ts'
import type { DetectionRun, Ring } from '../../../graph/ring.ts'
import { indexedState } from './indexed-state.ts'
import { runOf } from './publications.ts'
import { day, seen, start, stateOf } from './states.ts'

export async function publishedWorld(events: readonly StoredEvent[]) {
  const kindOf = (kind: string) => shippedKinds.get(kind)
  const state = await indexedState(stateOf(events))
  const found = await detectRings(state, { kindOf, method: 'cpm-leiden', onProgress: () => {} })
  const rings = found.rings.map(
    (ring, i): Ring => ({ ...ring, id: `ring_1_${i}`, status: 'active', bornVersion: 1, version: 1 }),
  )
  const run: DetectionRun = { ...runOf(1, rings.length), asOf: found.asOf, statistics: found.statistics }
  return { state, run, rings, options: { kindOf, run, publicness: publicnessOf(found.publicness) } }
}

const identifier = fc.constantFrom(
  ...['d1', 'd2', 'd3', 'd4'].map((ref) => `device:${ref}`),
  ...['p1', 'p2', 'p3'].map((ref) => `payment:${ref}`),
)

/** Few accounts that share devices and cards, so that there are rings in most. */
export const smallWorlds = fc.array(
  fc
    .record({
      who: fc.nat(11).map((i) => `a${i}`),
      what: fc.uniqueArray(identifier, { minLength: 1, maxLength: 3 }),
      dayOff: fc.nat(25),
    })
    .map(({ who, what, dayOff }) =>
      seen(who, what, { at: start + dayOff * day, createdAt: start + (dayOff % 4) * day }),
    ),
  { minLength: 10, maxLength: 40 },
)
