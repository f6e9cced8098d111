/** What is known of identifiers, as columns: an object each is what a large population has no room for. */
import type { IdentifierClass, IdentifierKey } from '../model.ts'
import { compareText } from '../state/order.ts'
import { Int32Column, orderOf } from './columns.ts'
import type { RowRun } from './list-column.ts'

export interface IdentifierRow extends IdentifierKey {
  readonly mask: string
  readonly class?: IdentifierClass
}

export const compareIdentifiers = (a: IdentifierKey, b: IdentifierKey): number =>
  compareText(a.kind, b.kind) || compareText(a.ref, b.ref)

/** Texts that many rows have in common: ascending, each used, so that equal rows are equal columns. */
interface Shared<Text> {
  readonly texts: readonly Text[]
  readonly places: Int32Array
}

export interface IdentifierColumns {
  readonly refs: readonly string[]
  readonly kinds: Shared<string>
  readonly masks: Shared<string>
  readonly classes: Shared<IdentifierClass | undefined>
}

/** Ascending by kind and ref; a row's place is the identifier's number. */
export class Identifiers {
  readonly columns: IdentifierColumns

  constructor(columns: IdentifierColumns) {
    this.columns = columns
  }

  get length(): number {
    return this.columns.refs.length
  }

  /** Of a number that is not there, kind and ref are empty. */
  kindAt(identifier: number): string {
    return textAt(this.columns.kinds, identifier) ?? ''
  }

  refAt(identifier: number): string {
    return this.columns.refs[identifier] ?? ''
  }

  classAt(identifier: number): IdentifierClass | undefined {
    return textAt(this.columns.classes, identifier)
  }

  /** `kind:ref`. */
  nameAt(identifier: number): string {
    return `${this.kindAt(identifier)}:${this.refAt(identifier)}`
  }

  at(identifier: number): IdentifierRow | undefined {
    const ref = this.columns.refs[identifier]
    if (ref === undefined) return undefined
    const found = this.classAt(identifier)
    const row = { kind: this.kindAt(identifier), ref, mask: textAt(this.columns.masks, identifier) ?? '' }
    return found === undefined ? row : { ...row, class: found }
  }

  /** As numbers compare: below, at or above the key. */
  compareAt(identifier: number, { kind, ref }: IdentifierKey): number {
    return compareText(this.kindAt(identifier), kind) || compareText(this.refAt(identifier), ref)
  }

  /** The number of the first that is not before the key. */
  placeOf(key: IdentifierKey): number {
    let [from, to] = [0, this.length]
    while (from < to) {
      const middle = (from + to) >>> 1
      if (this.compareAt(middle, key) < 0) from = middle + 1
      else to = middle
    }
    return from
  }

  /** -1 where there is none. */
  numberOf(key: IdentifierKey): number {
    const place = this.placeOf(key)
    return place < this.length && this.compareAt(place, key) === 0 ? place : -1
  }

  /** Numbers of those of a kind, which lie together. */
  *ofKind(kind: string): Generator<number> {
    for (let identifier = this.placeOf({ kind, ref: '' }); this.isOf(identifier, kind); identifier++)
      yield identifier
  }

  isOf(identifier: number, kind: string): boolean {
    return identifier < this.length && this.kindAt(identifier) === kind
  }

  *[Symbol.iterator](): Generator<IdentifierRow> {
    for (let identifier = 0; identifier < this.length; identifier++) {
      const row = this.at(identifier)
      if (row) yield row
    }
  }
}

const textAt = <Text>({ texts, places }: Shared<Text>, row: number): Text | undefined =>
  texts[places[row] ?? -1]

/** Writes rows in their order. */
export function identifierWriter() {
  const refs: string[] = []
  const [kinds, masks, classes] = [
    sharedWriter<string>(),
    sharedWriter<string>(),
    sharedWriter<IdentifierClass | undefined>(),
  ]
  return {
    add({ kind, ref, mask, class: found }: IdentifierRow): void {
      refs.push(ref)
      kinds.add(kind)
      masks.add(mask)
      classes.add(found)
    },
    copyAll({ columns }: Identifiers, run: RowRun): void {
      for (let row = run.first; row < run.end; row++) refs.push(columns.refs[row] ?? '')
      kinds.copyAll(columns.kinds, run)
      masks.copyAll(columns.masks, run)
      classes.copyAll(columns.classes, run)
    },
    /** Do not write afterwards. */
    identifiers: (): Identifiers =>
      new Identifiers({ refs, kinds: kinds.shared(), masks: masks.shared(), classes: classes.shared() }),
  }
}

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
  for (const row of order) out.copyAll(told, { first: row, end: row + 1 })
  return out.identifiers()
}

function sharedWriter<Text extends string | undefined>() {
  const placeOf = new Map<Text, number>()
  const places = new Int32Column()
  const placeNow = (text: Text): number => {
    const place = placeOf.get(text) ?? placeOf.size
    placeOf.set(text, place)
    return place
  }
  // The texts that were copied from last, by their places here: most runs are of one source.
  let [source, now]: [readonly Text[], readonly number[]] = [[], []]
  return {
    add: (text: Text): void => places.push(placeNow(text)),
    copyAll({ texts, places: from }: Shared<Text>, { first, end }: RowRun): void {
      if (texts !== source) [source, now] = [texts, texts.map(placeNow)]
      const copied = places.more(end - first)
      for (let i = 0; i < copied.length; i++) copied[i] = now[from[first + i] ?? -1] ?? -1
    },
    shared: (): Shared<Text> => inOrder([...placeOf.keys()], places.exactly()),
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
