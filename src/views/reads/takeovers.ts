/** Takeovers, riskiest first: what unrelated accounts met, whose they are, and who was paid. */
import type { SurroundingsStore } from '../../../graph/explain/counterfactual/surroundings.ts'
import { entriesOf } from '../../../graph/explain/entry.ts'
import { type RingOptions, ringScene } from '../../../graph/explain/ring.ts'
import type { ReadingStore } from '../../../graph/ports.ts'
import type { Ring } from '../../../graph/ring.ts'
import type { Place } from '../places.ts'
import { listedMax, takeoverView } from '../takeover.ts'
import { type RowOptions, type RowReads, ringRow } from './ring-rows.ts'

export interface TakeoversAsked {
  readonly limit: number
  readonly after?: Place | undefined
}

type Options = RingOptions & RowOptions

export async function takeoverListView(
  store: Pick<ReadingStore, 'rings'> & RowReads & SurroundingsStore,
  { limit, after }: TakeoversAsked,
  options: Options,
) {
  const found = await store.rings({
    class: 'takeover_cluster',
    limit: limit + 1,
    ...(after && { after: { risk: after.value, id: after.id } }),
  })
  const page = found.slice(0, limit)
  const items = []
  for (const ring of page) items.push(await takeoverPage(store, ring, options))
  const last = found.length > limit ? page.at(-1) : undefined
  return { items, next: last && { value: last.head.risk, id: last.id } }
}

/** Without a story where nobody in the ring is a victim; of one page alone whence each was entered is looked up. */
export async function takeoverPage(
  store: RowReads & SurroundingsStore,
  ring: Ring,
  { withEntries = false, ...options }: Options & { readonly withEntries?: boolean },
) {
  const [row, { takeover, truncated, read }] = await Promise.all([
    ringRow(store, ring, options),
    ringScene(store, ring, options),
  ])
  const told = takeover?.victims.slice(0, listedMax) ?? []
  const entries = withEntries ? await entriesOf(store, told, read.states) : undefined
  return { ...row, ...(takeover && { takeover: takeoverView(takeover, entries) }), truncated }
}
