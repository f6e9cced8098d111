/** Rows in order with some that changed, that are new or gone: only for those it is searched where they lie. */
import { Int32Column } from './columns.ts'

export interface Change<Row, Key> {
  readonly key: Key
  /** `undefined` for one that is gone. */
  readonly row: Row | undefined
}

export interface Merged<Row> {
  readonly rows: readonly Row[]
  /** The number now of each row before; -1 for those that are gone. */
  readonly now: Int32Array
  /** The number before of each row now; -1 for those that are new. */
  readonly before: Int32Array
  /** Numbers of those that changed or are new, and numbers before of those that are gone. Ascending. */
  readonly changed: readonly number[]
  readonly gone: readonly number[]
}

/** `known` and `changes` ascend, each key once. */
export function mergeSorted<Row, Key>(
  known: readonly Row[],
  changes: readonly Change<Row, Key>[],
  compare: (row: Row, key: Key) => number,
): Merged<Row> {
  const placed = changes.map(({ key, row }) => {
    const place = placeOf(known, key, compare)
    const found = known[place]
    return { place, isThere: found !== undefined && compare(found, key) === 0, row }
  })
  const isEverybody = placed.every(({ isThere, row }) => isThere && row !== undefined)
  return isEverybody ? replaced(known, placed) : merged(known, placed)
}

interface Placed<Row> {
  readonly place: number
  readonly isThere: boolean
  readonly row: Row | undefined
}

/** Nobody is new or gone: all keep their numbers. */
function replaced<Row>(known: readonly Row[], placed: readonly Placed<Row>[]): Merged<Row> {
  const now = new Int32Array(known.length)
  for (let place = 0; place < now.length; place++) now[place] = place
  const changed = placed.map(({ place }) => place)
  if (placed.length === 0) return { rows: known, now, before: now, changed, gone: [] }
  const rows = known.slice()
  for (const { place, row } of placed) if (row !== undefined) rows[place] = row
  return { rows, now, before: now, changed, gone: [] }
}

function merged<Row>(known: readonly Row[], placed: readonly Placed<Row>[]): Merged<Row> {
  const rows: Row[] = []
  const now = new Int32Array(known.length)
  const before = new Int32Column(known.length + placed.length)
  const [changed, gone]: [number[], number[]] = [[], []]
  let next = 0
  const keepUpTo = (end: number): void => {
    for (const row of known.slice(next, end)) {
      now[next] = rows.length
      before.push(next++)
      rows.push(row)
    }
  }
  for (const { place, isThere, row } of placed) {
    keepUpTo(place)
    if (isThere) now[next++] = row === undefined ? -1 : rows.length
    if (isThere && row === undefined) gone.push(place)
    if (row === undefined) continue
    changed.push(rows.length)
    before.push(isThere ? place : -1)
    rows.push(row)
  }
  keepUpTo(known.length)
  return { rows, now, before: before.values().slice(), changed, gone }
}

/** Of the first row that is not before the key. */
export function placeOf<Row, Key>(
  rows: readonly Row[],
  key: Key,
  compare: (row: Row, key: Key) => number,
): number {
  let [from, to] = [0, rows.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    const row = rows[middle]
    if (row !== undefined && compare(row, key) < 0) from = middle + 1
    else to = middle
  }
  return from
}
