/** Rows in order with some that changed, that are new or gone: only for those it is searched where they lie. */
import { placeAfter } from '../state/order.ts'
import { Int32Column } from './columns.ts'

export interface Change<Key> {
  readonly key: Key
  readonly isGone: boolean
}

/** Rows that were there before, by number. */
export interface Known<Key> {
  readonly length: number
  /** As numbers compare: below, at or above the key. */
  readonly compareAt: (row: number, key: Key) => number
}

export interface Merged {
  /** The number now of each row before; -1 for those that are gone. */
  readonly now: Int32Array
  /** The number before of each row now; -1 for those that are new. */
  readonly before: Int32Array
  /** Numbers of those that changed or are new, in the order of their changes, and numbers before of those that are gone. Ascending. */
  readonly changed: readonly number[]
  readonly gone: readonly number[]
}

/** What is known and `changes` ascend, each key once. */
export function mergeSorted<Key>(known: Known<Key>, changes: readonly Change<Key>[]): Merged {
  const placed = changes.map(({ key, isGone }) => {
    const place = placeAfter(known.length, (row) => known.compareAt(row, key) < 0)
    return { place, isThere: place < known.length && known.compareAt(place, key) === 0, isGone }
  })
  const isEverybody = placed.every(({ isThere, isGone }) => isThere && !isGone)
  const everybody = () => placed.map(({ place }) => place)
  return isEverybody ? unmoved(known.length, everybody()) : merged(known.length, placed)
}

interface Placed {
  readonly place: number
  readonly isThere: boolean
  readonly isGone: boolean
}

/** Nobody is new or gone: all keep their numbers, and `now` is `before`. */
export function unmoved(length: number, changed: readonly number[] = []): Merged {
  const now = new Int32Array(length)
  for (let place = 0; place < now.length; place++) now[place] = place
  return { now, before: now, changed, gone: [] }
}

function merged(length: number, placed: readonly Placed[]): Merged {
  const now = new Int32Array(length)
  const before = new Int32Column(length + placed.length)
  const [changed, gone]: [number[], number[]] = [[], []]
  let next = 0
  const keepUpTo = (end: number): void => {
    for (; next < end; next++) {
      now[next] = before.length
      before.push(next)
    }
  }
  for (const { place, isThere, isGone } of placed) {
    keepUpTo(place)
    if (isThere) now[next++] = isGone ? -1 : before.length
    if (isThere && isGone) gone.push(place)
    if (isGone) continue
    changed.push(before.length)
    before.push(isThere ? place : -1)
  }
  keepUpTo(length)
  return { now, before: before.values().slice(), changed, gone }
}
