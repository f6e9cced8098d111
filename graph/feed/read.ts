/** Reads the feed of changes: what every publish did, in one order that never changes. */
import type { ReadingStore } from '../ports.ts'
import { changeKinds, type RingChange } from '../ring.ts'
import { changesAfter, type FeedPlace } from './place.ts'

type FeedReads = Pick<ReadingStore, 'changes' | 'published'>

export interface FeedItem {
  readonly place: FeedPlace
  readonly change: RingChange
}

/** What items are called. */
export const feedTypes = changeKinds.map((kind) => `ring.${kind}` as const)
export type FeedType = (typeof feedTypes)[number]

export const typeOf = ({ change }: Pick<FeedItem, 'change'>): FeedType => `ring.${change.kind}`

/** Items after a place, or from the beginning; oldest first. */
export async function readFeed(
  store: Pick<FeedReads, 'changes'>,
  { after, ring, limit }: { after?: FeedPlace | undefined; ring?: string | undefined; limit: number },
): Promise<readonly FeedItem[]> {
  const changes = await store.changes({
    ...(after && { after: changesAfter(after) }),
    ...(ring !== undefined && { ring }),
    limit,
  })
  return changes.map((change) => ({ place: { version: change.version, ring: change.ring }, change }))
}

/** The place after all there is. */
export async function feedEnd(store: Pick<FeedReads, 'published'>): Promise<FeedPlace> {
  return { version: (await store.published())?.version ?? 0 }
}
