/** Armed tripwires in the memory of a process that answers by them, as the store had them a moment ago. */
import type { Clock } from '../graph/ports.ts'
import { type TripwireStore, type WireIndex, wireIndex } from '../graph/tripwires/tripwire.ts'

export interface WireWatch {
  now(): Promise<WireIndex>
}

/** How long they are good without being asked for again. */
const goodMs = 1_000

export function wireWatch(store: Pick<TripwireStore, 'tripwires'>, clock: Clock): WireWatch {
  let known: { readonly changes?: number; readonly wires: WireIndex } = { wires: new Map() }
  let readAt = -Infinity
  return {
    async now() {
      if (clock() - readAt < goodMs) return known.wires
      const at = clock()
      const news = await store.tripwires(known.changes === undefined ? {} : { unless: known.changes })
      if (news) known = { changes: news.changes, wires: wireIndex(news.tripwires) }
      readAt = at
      return known.wires
    },
  }
}
