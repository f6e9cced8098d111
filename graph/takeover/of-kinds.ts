/** Which identifiers are of which kinds. */
import type { IdentifierKind } from '../identifiers/kind.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { compareText, placeAfter } from '../state/order.ts'

export const isHardwareKind = ({ family }: Pick<IdentifierKind, 'family'>): boolean => family === 'hardware'

export const isOfHardware = (
  { identifiers }: Pick<LinkTable, 'identifiers'>,
  identifier: number,
  kindOf: KindLookup,
): boolean => kindOf(identifiers.kindAt(identifier))?.family === 'hardware'

/** Tells identifiers of such kinds by their number: those of one kind lie together. */
export function identifiersOfKinds(
  { identifiers }: Pick<LinkTable, 'identifiers'>,
  kindOf: KindLookup,
  isSuch: (kind: IdentifierKind) => boolean,
): (identifier: number) => boolean {
  const bounds: number[] = []
  for (let from = 0; from < identifiers.length; ) {
    const name = identifiers.kindAt(from)
    const end = placeAfter(identifiers.length, (place) => compareText(identifiers.kindAt(place), name) <= 0)
    const kind = kindOf(name)
    if (kind && isSuch(kind)) bounds.push(from, end)
    from = end
  }
  return (identifier) => {
    for (let i = 0; i < bounds.length; i += 2)
      if (identifier >= (bounds[i] ?? 0) && identifier < (bounds[i + 1] ?? 0)) return true
    return false
  }
}
