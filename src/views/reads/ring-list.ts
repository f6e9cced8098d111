/** Rings by what an investigator is after, page by page. */
import type { Weighing } from '../../../graph/explain/picture/pair-evidence.ts'
import type { ReadingStore, RingFilter } from '../../../graph/ports.ts'
import type { Ring, Verdict } from '../../../graph/ring.ts'
import { queueEntryOf } from '../../../graph/rings/queue.ts'
import { type Place, pageAfter } from '../places.ts'
import { ringOnScale } from '../rings.ts'
import { type Growth, grownBy, growthView, readGrowth } from './growth.ts'

const growthDaysDefault = 7

export const ringSorts = ['risk', 'priority', 'growth', 'new'] as const
export type RingSort = (typeof ringSorts)[number]

export type RingsAsked = { readonly [Name in keyof RingFilter]: RingFilter[Name] | undefined } & {
  readonly verdict?: Verdict | 'none' | undefined
  readonly sort: RingSort
  readonly growthDays?: number | undefined
  readonly limit: number
  readonly after?: Place | undefined
}

type Reads = Pick<ReadingStore, 'rings' | 'published' | 'changes'>

export async function ringListView(store: Reads, { growthDays, ...asked }: RingsAsked, weighing: Weighing) {
  const { sort, limit } = asked
  const days = growthDays ?? (sort === 'growth' ? growthDaysDefault : undefined)
  const growth = days === undefined ? undefined : await growthOf(store, days)
  const placeOf = placesBy(sort, growth)
  const rings = await ringsBy(store, { ...asked, limit: limit + 1 }, placeOf)
  const page = rings.slice(0, limit)
  const last = rings.length > limit ? page.at(-1) : undefined
  return {
    items: page.map((ring) => ({
      ...ringOnScale(ring, weighing),
      ...(growth && { growth: growthView(growth, ring) }),
    })),
    next: last && placeOf(last),
  }
}

async function growthOf(store: Reads, days: number): Promise<Growth> {
  const run = await store.published()
  return run ? await readGrowth(store, run, days) : { days, steps: new Map() }
}

type PlaceOf = (ring: Ring) => Place

function placesBy(sort: RingSort, growth: Growth | undefined): PlaceOf {
  const valueOf = (ring: Ring): number => {
    if (sort === 'priority') return queueEntryOf(ring).perMinute
    if (sort === 'growth') return growth ? grownBy(growth, ring.id) : 0
    return sort === 'new' ? ring.bornVersion : ring.head.risk
  }
  return (ring) => ({ value: valueOf(ring), id: ring.id })
}

/** Stores list by risk alone; for another order all that pass the filter are read. */
async function ringsBy(
  store: Reads,
  { sort, verdict, limit, after, ...filter }: Omit<RingsAsked, 'growthDays'>,
  placeOf: PlaceOf,
): Promise<readonly Ring[]> {
  const present = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
  if (sort === 'risk' && verdict === undefined) {
    return await store.rings({
      ...present,
      limit,
      ...(after && { after: { risk: after.value, id: after.id } }),
    })
  }
  const all = await store.rings(present)
  const those = all.filter((ring) => verdict === undefined || verdict === verdictOf(ring))
  return pageAfter(those, { placeOf, after, limit }).page
}

const verdictOf = ({ head: { verdict } }: Ring) => (verdict?.holds ? verdict.verdict : 'none')
