/** Rings by what an investigator is after, page by page. */
import type { ReadingStore } from '../../../graph/ports.ts'
import type { Ring } from '../../../graph/ring.ts'
import { type Board, type BoardReads, type BoardRow, countsOf, isAsked, type Narrowed } from '../board.ts'
import { type Place, pageAfter } from '../places.ts'
import { queueFigures } from '../queue.ts'
import { grownBy, readGrowth } from './growth.ts'
import { growthDaysDefault, type RowOptions, type RowReads, ringRows } from './ring-rows.ts'

export const ringSorts = ['risk', 'priority', 'growth', 'new'] as const
export type RingSort = (typeof ringSorts)[number]

export interface RingsAsked extends Narrowed {
  readonly status?: Ring['status'] | undefined
  readonly sort: RingSort
  readonly growthDays?: number | undefined
  readonly limit: number
  readonly after?: Place | undefined
}

type Reads = BoardReads & RowReads & Pick<ReadingStore, 'ringsOf'>
type ListOptions = Omit<RowOptions, 'growthDays'>

/** Active rings go by the board; those that ended come by risk alone, and are not counted. */
export async function ringListView(
  store: Reads,
  { status = 'active', ...asked }: RingsAsked,
  { board, ...options }: ListOptions & { readonly board: Board },
) {
  const { growthDays, limit } = asked
  const rowOptions = { ...options, growthDays }
  if (status !== 'active') {
    const rings = await endedRings(store, { ...asked, status })
    const page = rings.slice(0, limit)
    const last = rings.length > limit ? page.at(-1) : undefined
    const next: Place | undefined = last && { value: last.head.risk, id: last.id }
    return { items: await ringRows(store, page, rowOptions), next, total: null }
  }
  const rows = board.rows.filter(isAsked(board, asked))
  const placeOf = await placesBy(store, rows, { board, ...asked })
  const { page, next } = pageAfter(rows, { placeOf, after: asked.after, limit })
  return { items: await ringRows(store, await ringsOn(store, page), rowOptions), next, total: rows.length }
}

const ringsOn = (store: Pick<Reads, 'ringsOf'>, page: readonly BoardRow[]): Promise<readonly Ring[]> =>
  store.ringsOf(page.map(({ ring }) => ring.id))

type Ended = Omit<RingsAsked, 'status'> & { readonly status: Ring['status'] }

const endedRings = (
  store: Reads,
  { status, minRisk, minSize, changedSince, owner, isOwned, class: name, limit, after }: Ended,
): Promise<readonly Ring[]> =>
  store.rings({
    status,
    ...(name !== undefined && { class: name }),
    ...(minRisk !== undefined && { minRisk }),
    ...(minSize !== undefined && { minSize }),
    ...(changedSince !== undefined && { changedSince }),
    ...(owner !== undefined && { owner }),
    ...(isOwned !== undefined && { isOwned }),
    limit: limit + 1,
    ...(after && { after: { risk: after.value, id: after.id } }),
  })

type PlaceOf = (row: BoardRow) => Place

async function placesBy(
  store: Reads,
  rows: readonly BoardRow[],
  { board, sort, growthDays: days = growthDaysDefault }: RingsAsked & { readonly board: Board },
): Promise<PlaceOf> {
  const rings = sort === 'growth' ? rows.map(({ ring }) => ring.id) : []
  const growth = await readGrowth(store, board.run, { days, rings })
  const valueOf = ({ ring, perMinute }: BoardRow): number => {
    if (sort === 'priority') return perMinute
    if (sort === 'growth') return grownBy(growth, ring.id)
    return sort === 'new' ? ring.bornVersion : ring.head.risk
  }
  return (row) => ({ value: valueOf(row), id: row.ring.id })
}

export const queueTabs = ['all', 'growing', 'takeovers', 'uncertain', 'again'] as const

export interface QueueAsked extends Narrowed {
  readonly tab: (typeof queueTabs)[number]
  readonly growthDays?: number | undefined
  readonly limit: number
  readonly after?: Place | undefined
}

/** What waits for a look, best first, and how much waits in each tab. */
export async function queuePageView(
  store: Reads,
  { tab, growthDays, limit, after, ...asked }: QueueAsked,
  { board, ...options }: ListOptions & { readonly board: Board },
) {
  const isIn: Readonly<Record<QueueAsked['tab'], (row: BoardRow) => boolean>> = {
    all: () => true,
    growing: ({ ring }) => board.growing.has(ring.id),
    takeovers: ({ ring }) => ring.head.class === 'takeover_cluster',
    uncertain: ({ ring }) => ring.head.class === 'uncertain',
    again: ({ ring }) => ring.head.verdict?.holds === false,
  }
  const rows = board.queue.filter(isIn[tab]).filter(isAsked(board, asked))
  const placeOf: PlaceOf = ({ ring, perMinute }) => ({ value: perMinute, id: ring.id })
  const { page, next } = pageAfter(rows, { placeOf, after, limit })
  const rings = await ringsOn(store, page)
  const items = await ringRows(store, rings, { ...options, growthDays })
  return {
    items: items.flatMap((item, place) => {
      const ring = rings[place]
      return ring ? [{ ...item, ...queueFigures(ring) }] : []
    }),
    next,
    total: rows.length,
    counts: countsOf(board, asked.owner),
  }
}
