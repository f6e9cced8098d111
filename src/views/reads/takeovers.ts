/** Takeovers, riskiest first: what unrelated accounts met, whose they are, and who was paid. */
import type { SurroundingsStore } from '../../../graph/explain/counterfactual/surroundings.ts'
import { type RingOptions, ringScene } from '../../../graph/explain/ring.ts'
import type { ReadingStore } from '../../../graph/ports.ts'
import type { Place } from '../places.ts'
import { takeoverView } from '../ring-explanation.ts'
import { ringOnScale } from '../rings.ts'

export interface TakeoversAsked {
  readonly limit: number
  readonly after?: Place | undefined
}

export async function takeoverListView(
  store: Pick<ReadingStore, 'rings'> & SurroundingsStore,
  { limit, after }: TakeoversAsked,
  options: RingOptions,
) {
  const found = await store.rings({
    class: 'takeover_cluster',
    limit: limit + 1,
    ...(after && { after: { risk: after.value, id: after.id } }),
  })
  const page = found.slice(0, limit)
  const items = []
  for (const ring of page) {
    const { takeover, truncated } = await ringScene(store, ring, options)
    items.push({
      ...ringOnScale(ring, options),
      ...(takeover && { takeover: takeoverView(takeover) }),
      truncated,
    })
  }
  const last = found.length > limit ? page.at(-1) : undefined
  return { items, next: last && { value: last.head.risk, id: last.id } }
}
