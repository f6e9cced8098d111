/** Reads the feed: what every publish did, and what was noted in between, in one order that never changes. */
import type { ReadingStore } from '../ports.ts'
import { changeKinds, type RingChange } from '../ring.ts'
import type { NotedHit } from '../tripwires/tripwire.ts'
import { changesAfter, type FeedPlace, notesAfter } from './place.ts'

type FeedReads = Pick<ReadingStore, 'changes' | 'hits' | 'feedEnd'>

export type FeedItem = ChangeItem | HitItem

export interface ChangeItem {
  readonly place: FeedPlace
  readonly change: RingChange
}
export interface HitItem {
  readonly place: FeedPlace
  readonly hit: NotedHit
}

/** What changes of rings are called. */
export const changeTypes = changeKinds.map((kind) => `ring.${kind}` as const)
export const hitType = 'tripwire.hit' as const
/** What items are called. */
export const feedTypes = [...changeTypes, hitType] as const
export type FeedType = (typeof feedTypes)[number]

export const typeOf = (item: FeedItem): FeedType => ('change' in item ? `ring.${item.change.kind}` : hitType)

/** Items after a place, or from the beginning; oldest first. */
export async function readFeed(
  store: FeedReads,
  { after, ring, limit }: { after?: FeedPlace | undefined; ring?: string | undefined; limit: number },
): Promise<readonly FeedItem[]> {
  // What comes while both are read is left for the next time, or one could be told ahead of the other.
  const end = await store.feedEnd()
  const ofRing = ring !== undefined && { ring }
  const [changes, hits] = await Promise.all([
    store.changes({ ...(after && { after: changesAfter(after) }), ...ofRing, limit }),
    store.hits({ ...(after && { after: notesAfter(after) }), ...ofRing, limit }),
  ])
  const items: readonly FeedItem[] = [
    ...changes.flatMap((change) =>
      change.version <= end.version
        ? [{ place: { version: change.version, ring: change.ring }, change }]
        : [],
    ),
    ...hits.flatMap((hit) =>
      hit.note <= end.note ? [{ place: { version: hit.version, note: hit.note }, hit }] : [],
    ),
  ]
  // Both come in order, and sorting keeps that.
  return items.toSorted(byPlace).slice(0, limit)
}

const byPlace = (a: FeedItem, b: FeedItem): number =>
  a.place.version - b.place.version || Number('hit' in a) - Number('hit' in b)

/** The item at a place; `undefined` where there is none. */
export async function itemAt(store: FeedReads, place: FeedPlace): Promise<FeedItem | undefined> {
  if ('ring' in place) {
    const { version, ring } = place
    const [change] = await store.changes({ after: { version, ring: '' }, ring, limit: 1 })
    return change?.version === version ? { place, change } : undefined
  }
  const [hit] = await store.hits({ after: { note: place.note - 1 }, limit: 1 })
  return hit?.note === place.note ? { place, hit } : undefined
}
