/** What is known of identifiers, as columns: an object each is what a large population has no room for. */
import type { IdentifierClass, IdentifierKey } from '../model.ts'
import { compareText } from '../state/order.ts'
import type { RowLog } from './row-log.ts'

export interface IdentifierRow extends IdentifierKey {
  readonly mask: string
  readonly class?: IdentifierClass
}

export const compareIdentifiers = (a: IdentifierKey, b: IdentifierKey): number =>
  compareText(a.kind, b.kind) || compareText(a.ref, b.ref)

/** Texts that many rows have in common. */
export interface Shared<Text> {
  readonly texts: readonly Text[]
  readonly places: Int32Array
}

export interface IdentifierColumns {
  readonly refs: readonly string[]
  readonly kinds: Shared<string>
  readonly masks: Shared<string>
  readonly classes: Shared<IdentifierClass | undefined>
}

/** What is written to (identifier-writer.ts). */
export interface IdentifierLog {
  readonly length: number
  add(row: IdentifierRow): void
  rows(): IdentifierColumns
}

/** Rows that tables have in common, of which each knows where its identifiers lie. */
export interface IdentifierRows {
  readonly rows: IdentifierColumns
  /** By identifier number, its row. */
  readonly rowOf: Int32Array
  readonly log?: RowLog<IdentifierLog>
}

/** By number, which is an identifier's place in order of kind and ref. */
export class Identifiers {
  readonly found: IdentifierRows

  constructor(found: IdentifierRows) {
    this.found = found
  }

  get length(): number {
    return this.found.rowOf.length
  }

  /** Of a number that is not there, kind and ref are empty. */
  kindAt(identifier: number): string {
    return textAt(this.found.rows.kinds, this.#rowOf(identifier)) ?? ''
  }

  refAt(identifier: number): string {
    return this.found.rows.refs[this.#rowOf(identifier)] ?? ''
  }

  classAt(identifier: number): IdentifierClass | undefined {
    return textAt(this.found.rows.classes, this.#rowOf(identifier))
  }

  /** `kind:ref`. */
  nameAt(identifier: number): string {
    return `${this.kindAt(identifier)}:${this.refAt(identifier)}`
  }

  at(identifier: number): IdentifierRow | undefined {
    const ref = this.found.rows.refs[this.#rowOf(identifier)]
    if (ref === undefined) return undefined
    const found = this.classAt(identifier)
    const mask = textAt(this.found.rows.masks, this.#rowOf(identifier)) ?? ''
    const row = { kind: this.kindAt(identifier), ref, mask }
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

  #rowOf(identifier: number): number {
    return this.found.rowOf[identifier] ?? -1
  }
}

const textAt = <Text>({ texts, places }: Shared<Text>, row: number): Text | undefined =>
  texts[places[row] ?? -1]
