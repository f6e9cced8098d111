/**
 * A ring in blocks: groups of its accounts that are tied to each other more than to the rest. The partition that found
 * the ring, asked to be stricter until it falls apart.
 */
import { gammaMicro } from '../../communities/gamma.ts'
import { partition } from '../../kernel/partition.ts'
import { compareText } from '../../state/order.ts'
import type { DirectLink } from '../link.ts'

/** By how much stricter it is asked, one after the other, until there are several blocks or none is left. */
const stricter = [1, 2, 4, 8, 16] as const

/** Fewer accounts are no block. */
const blockMin = 3

/** The block of an account by its number, the largest 0; accounts in none are left out. */
export function blocksOf(
  accounts: readonly string[],
  links: readonly DirectLink[],
): ReadonlyMap<string, number> {
  const ids = accounts.toSorted(compareText)
  const placeOf = new Map(ids.map((id, place) => [id, place]))
  const pairs = links
    .flatMap(({ a, b, probability }) => {
      const [x, y] = [placeOf.get(a), placeOf.get(b)]
      const weight = Math.round(probability * 1e6)
      return x === undefined || y === undefined || weight < 1
        ? []
        : [{ a: Math.min(x, y), b: Math.max(x, y), weight }]
    })
    .toSorted((x, y) => x.a - y.a || x.b - y.b)
  const edges = {
    a: Int32Array.from(pairs, ({ a }) => a),
    b: Int32Array.from(pairs, ({ b }) => b),
    weight: Int32Array.from(pairs, ({ weight }) => weight),
  }
  let blocks: readonly (readonly string[])[] = []
  for (const times of stricter) {
    const labels = partition(edges, { gammaMicro: gammaMicro * times, ids })
    const found = [...Map.groupBy(ids, (id) => labels[placeOf.get(id) ?? -1] ?? -1).values()]
      .filter(({ length }) => length >= blockMin)
      .toSorted((x, y) => y.length - x.length || compareText(x[0] ?? '', y[0] ?? ''))
    if (found.length === 0) break
    blocks = found
    if (found.length > 1) break
  }
  return new Map(blocks.flatMap((block, number) => block.map((account) => [account, number] as const)))
}

/** A, B, ... Z, AA, AB ... */
export const blockName = (number: number): string =>
  (number >= 26 ? blockName(Math.floor(number / 26) - 1) : '') + String.fromCharCode(65 + (number % 26))
