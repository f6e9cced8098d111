/** Writes identifiers as columns: as they are told, or copied in runs from other columns. */
import type { IdentifierClass } from '../model.ts'
import { compareText } from '../state/order.ts'
import { Int32Column, orderOf } from './columns.ts'
import {
  type IdentifierColumns,
  type IdentifierLog,
  type IdentifierRow,
  Identifiers,
  type Shared,
} from './identifier-columns.ts'
import { eachRun, type RowRun } from './list-column.ts'
import type { Merged } from './merge-sorted.ts'
import { rowsAfter } from './row-log.ts'
import { slotsOf } from './slots.ts'

export type IdentifierWriter = ReturnType<typeof identifierWriter>

/** Writes rows in their order. */
export function identifierWriter(rowCount?: number) {
  const refs: string[] = []
  const [kinds, masks, classes] = [
    sharedWriter<string>(rowCount),
    sharedWriter<string>(rowCount),
    sharedWriter<IdentifierClass | undefined>(rowCount),
  ]
  return {
    get length() {
      return refs.length
    },
    add({ kind, ref, mask, class: found }: IdentifierRow): void {
      refs.push(ref)
      kinds.add(kind)
      masks.add(mask)
      classes.add(found)
    },
    copyAll(columns: IdentifierColumns, run: RowRun): void {
      for (let row = run.first; row < run.end; row++) refs.push(columns.refs[row] ?? '')
      kinds.copyAll(columns.kinds, run)
      masks.copyAll(columns.masks, run)
      classes.copyAll(columns.classes, run)
    },
    /** Those so far, in views of columns to which more may be written. */
    rows: (): IdentifierColumns => ({
      refs,
      kinds: kinds.soFar(),
      masks: masks.soFar(),
      classes: classes.soFar(),
    }),
    /** All, in columns without room for more, texts in their order. Do not write afterwards. */
    identifiers: (): Identifiers =>
      new Identifiers({
        rows: { refs, kinds: kinds.shared(), masks: masks.shared(), classes: classes.shared() },
        rowOf: slotsOf(refs.length).slotOf,
      }),
  }
}

/** For `rowCount` identifiers in all; of those known, in order of their numbers. */
export function identifierWriterFrom(identifiers: Identifiers, rowCount: number): IdentifierWriter {
  const { rows, rowOf } = identifiers.found
  const out = identifierWriter(rowCount)
  eachRun(rowOf, (run) => out.copyAll(rows, run))
  return out
}

/** `changed`: beside each of `merged.changed`, `undefined` for those that are as they were. */
export function identifiersAfter(
  known: Identifiers,
  merged: Merged,
  changed: readonly (IdentifierRow | undefined)[],
): Identifiers {
  const { log, rowOf } = rowsAfter<IdentifierRow, IdentifierLog>(known.found, merged, {
    write: (rowCount) => identifierWriterFrom(known, rowCount),
    rowAt: (place) => changed[place],
  })
  return new Identifiers({ rows: log.rows.rows(), rowOf, log })
}

/** The columns that identifiers have by themselves, in order of their numbers: equal where identifiers are. */
export const columnsOf = (identifiers: Identifiers): IdentifierColumns =>
  identifierWriterFrom(identifiers, identifiers.length).identifiers().found.rows

export function identifiersOf(rows: Iterable<IdentifierRow>): Identifiers {
  const out = identifierWriter()
  for (const row of rows) out.add(row)
  return sortedIdentifiers(out.identifiers())
}

/** By kind and ref, whatever order they were told in. */
export function sortedIdentifiers(told: Identifiers): Identifiers {
  const compare = (a: number, b: number): number =>
    compareText(told.kindAt(a), told.kindAt(b)) || compareText(told.refAt(a), told.refAt(b))
  const order = orderOf(told.length, compare)
  if (!order) return told
  const out = identifierWriter()
  for (const row of order) out.copyAll(told.found.rows, { first: row, end: row + 1 })
  return out.identifiers()
}

function sharedWriter<Text extends string | undefined>(rowCount?: number) {
  const placeOf = new Map<Text, number>()
  const texts: Text[] = []
  const places = new Int32Column(rowCount)
  const placeNow = (text: Text): number => {
    const known = placeOf.get(text)
    if (known !== undefined) return known
    placeOf.set(text, texts.length)
    return texts.push(text) - 1
  }
  // The texts that were copied from last, by their places here: most runs are of one source.
  let [source, now]: [readonly Text[], readonly number[]] = [[], []]
  return {
    add: (text: Text): void => places.push(placeNow(text)),
    copyAll({ texts: those, places: from }: Shared<Text>, { first, end }: RowRun): void {
      if (those !== source) [source, now] = [those, those.map(placeNow)]
      const copied = places.more(end - first)
      for (let i = 0; i < copied.length; i++) copied[i] = now[from[first + i] ?? -1] ?? -1
    },
    soFar: (): Shared<Text> => ({ texts, places: places.values() }),
    shared: (): Shared<Text> => inOrder(texts, places.exactly()),
  }
}

function inOrder<Text extends string | undefined>(texts: readonly Text[], places: Int32Array): Shared<Text> {
  const isUsed = new Uint8Array(texts.length)
  for (const place of places) isUsed[place] = 1
  const used = texts
    .map((text, place) => ({ text, place }))
    .filter(({ place }) => isUsed[place] === 1)
    .sort((a, b) => compareText(a.text ?? '', b.text ?? ''))
  const now = new Int32Array(texts.length)
  used.forEach(({ place }, at) => {
    now[place] = at
  })
  return {
    texts: used.map(({ text }) => text),
    places: used.every(({ place }, at) => place === at) ? places : places.map((place) => now[place] ?? -1),
  }
}
