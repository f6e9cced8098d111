/** Where rows stand in a list that is read page by page: by a figure, most first, then by id. */
import { compareText } from '../../graph/state/order.ts'

export interface Place {
  readonly value: number
  readonly id: string
}

export const byPlace = (a: Place, b: Place): number => b.value - a.value || compareText(a.id, b.id)

/** Rows behind a place, in their order, and whether there are more than asked for. */
export function pageAfter<Row>(
  rows: readonly Row[],
  { placeOf, after, limit }: { placeOf: (row: Row) => Place; after?: Place | undefined; limit: number },
): { readonly page: readonly Row[]; readonly next: Place | undefined } {
  const rest = rows
    .map((row) => ({ row, place: placeOf(row) }))
    .filter(({ place }) => after === undefined || byPlace(place, after) > 0)
    .toSorted((a, b) => byPlace(a.place, b.place))
  const page = rest.slice(0, limit)
  return { page: page.map(({ row }) => row), next: rest.length > limit ? page.at(-1)?.place : undefined }
}
