/** Identifiers by their kind: they are numbered in order of it, so that those of one kind lie together. */
import type { IdentifierKind } from '../identifiers/kind.ts'
import { compareText } from '../state/order.ts'
import type { LinkTable } from './link-table.ts'

export interface OfKind {
  readonly kind: IdentifierKind
  /** Ascending. */
  readonly identifiers: Int32Array
}

/** `among`: identifiers to look at, ascending; all when not given. Those of kinds that are not known are left out. */
export function kindsAmong(
  { identifiers }: Pick<LinkTable, 'identifiers'>,
  kindOf: (name: string) => IdentifierKind | undefined,
  among?: readonly number[],
): readonly OfKind[] {
  const numbers = among ? Int32Array.from(among) : new Int32Array(identifiers.length).map((_, i) => i)
  const found: OfKind[] = []
  for (let from = 0; from < numbers.length; ) {
    const name = identifiers[numbers[from] ?? 0]?.kind ?? ''
    const end = endOf(name)
    const kind = kindOf(name)
    if (kind) found.push({ kind, identifiers: numbers.subarray(from, end) })
    from = end
  }
  return found

  function endOf(name: string): number {
    let [from, to] = [0, numbers.length]
    while (from < to) {
      const middle = (from + to) >>> 1
      if (compareText(identifiers[numbers[middle] ?? 0]?.kind ?? '', name) <= 0) from = middle + 1
      else to = middle
    }
    return from
  }
}
