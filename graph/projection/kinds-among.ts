/** Identifiers by their kind: they are numbered in order of it, so that those of one kind lie together. */
import type { IdentifierKind } from '../identifiers/kind.ts'
import { compareText } from '../state/order.ts'
import type { LinkTable } from './link-table.ts'

export interface OfKind {
  readonly kind: IdentifierKind
  /** Ascending. */
  readonly identifiers: Int32Array
}

/** Those numbered from `first` to `end`. */
export interface KindRange {
  readonly kind: IdentifierKind
  readonly first: number
  readonly end: number
}

type KindOf = (name: string) => IdentifierKind | undefined
type Named = Pick<LinkTable, 'identifiers'>

/** All identifiers; those of kinds that are not known are left out. */
export const kindRanges = ({ identifiers }: Named, kindOf: KindOf): readonly KindRange[] =>
  [...runsOf(identifiers.length, (place) => identifiers.kindAt(place))].flatMap(({ name, ...range }) => {
    const kind = kindOf(name)
    return kind ? [{ kind, ...range }] : []
  })

export const ofRange = ({ kind, first, end }: KindRange): OfKind => ({
  kind,
  identifiers: new Int32Array(end - first).map((_, place) => first + place),
})

/** The same with their numbers. */
export const kindsAmong = (table: Named, kindOf: KindOf): readonly OfKind[] =>
  kindRanges(table, kindOf).map(ofRange)

/** Places of one name, which ascend. */
function* runsOf(
  count: number,
  nameAt: (place: number) => string,
): Generator<{ readonly name: string; readonly first: number; readonly end: number }> {
  for (let first = 0; first < count; ) {
    const name = nameAt(first)
    let [from, to] = [first, count]
    while (from < to) {
      const middle = (from + to) >>> 1
      if (compareText(nameAt(middle), name) <= 0) from = middle + 1
      else to = middle
    }
    yield { name, first, end: from }
    first = from
  }
}
