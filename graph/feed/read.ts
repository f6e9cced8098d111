/** Reads the feed: what every publish did, and what was noted in between, in one order that never changes. */
import type { NotedAssignment } from '../owners.ts'
import type { ReadingStore } from '../ports.ts'
import { changeKinds, type RingChange } from '../ring.ts'
import type { NotedHit } from '../tripwires/tripwire.ts'
import type { Note } from './notes.ts'
import { changesAfter, type FeedPlace, notesAfter } from './place.ts'

type FeedReads = Pick<ReadingStore, 'changes' | 'notes' | 'feedEnd'>

export type FeedItem = ChangeItem | HitItem | AssignmentItem

export interface ChangeItem {
  readonly place: FeedPlace
  readonly change: RingChange
}
export interface HitItem {
  readonly place: FeedPlace
  readonly hit: NotedHit
}
export interface AssignmentItem {
  readonly place: FeedPlace
  readonly assigned: NotedAssignment
}

/** What changes of rings are called. */
export const changeTypes = changeKinds.map((kind) => `ring.${kind}` as const)
export const hitType = 'tripwire.hit' as const
export const assignmentType = 'ring.assigned' as const
/** What items are called. */
export const feedTypes = [...changeTypes, assignmentType, hitType] as const
export type FeedType = (typeof feedTypes)[number]

export function typeOf(item: FeedItem): FeedType {
  if ('change' in item) return `ring.${item.change.kind}`
  return 'hit' in item ? hitType : assignmentType
}

/** Items after a place, or from the beginning; oldest first. */
export async function readFeed(
  store: FeedReads,
  { after, ring, limit }: { after?: FeedPlace | undefined; ring?: string | undefined; limit: number },
): Promise<readonly FeedItem[]> {
  // What comes while both are read is left for the next time, or one could be told ahead of the other.
  const end = await store.feedEnd()
  const ofRing = ring !== undefined && { ring }
  const [changes, notes] = await Promise.all([
    store.changes({ ...(after && { after: changesAfter(after) }), ...ofRing, limit }),
    store.notes({ ...(after && { after: notesAfter(after) }), ...ofRing, limit }),
  ])
  const items: readonly FeedItem[] = [
    ...changes.flatMap((change) =>
      change.version <= end.version
        ? [{ place: { version: change.version, ring: change.ring }, change }]
        : [],
    ),
    ...notes.flatMap((note) => (note.note <= end.note ? [itemOf(note)] : [])),
  ]
  // Both come in order, and sorting keeps that.
  return items.toSorted(byPlace).slice(0, limit)
}

const byPlace = (a: FeedItem, b: FeedItem): number =>
  a.place.version - b.place.version || Number(!('change' in a)) - Number(!('change' in b))

function itemOf(note: Note): FeedItem {
  const place = { version: note.version, note: note.note }
  return 'tripwire' in note ? { place, hit: note } : { place, assigned: note }
}

/** The item at a place; `undefined` where there is none. */
export async function itemAt(store: FeedReads, place: FeedPlace): Promise<FeedItem | undefined> {
  if ('ring' in place) {
    const { version, ring } = place
    const [change] = await store.changes({ after: { version, ring: '' }, ring, limit: 1 })
    return change?.version === version ? { place, change } : undefined
  }
  const [note] = await store.notes({ after: { note: place.note - 1 }, limit: 1 })
  return note?.note === place.note ? itemOf(note) : undefined
}
