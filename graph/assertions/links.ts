/** Links as people have it: of accounts that are said to be of one actor, or not to be. */
import { microNats } from '../evidence/share.ts'
import { type LinkPairs, pairWriter } from '../projection/link-pairs.ts'
import type { LinkTable } from '../projection/link-table.ts'

/** What it says of two accounts that one actor is behind both: as much as the strongest kind of identifier can. */
export const assertedMicroNats = 9 * microNats

/** Two accounts of which it is said, by number, `a < b`. */
export interface SaidPair {
  readonly a: number
  readonly b: number
  readonly isSame: boolean
}

/** Those of accounts that are known, ascending. */
export function saidPairs({ facts, asserted }: Pick<LinkTable, 'facts' | 'asserted'>): readonly SaidPair[] {
  const said = [...asserted.pairs.values()].map(({ a, b, by }) => ({
    a: facts.numberOf(a),
    b: facts.numberOf(b),
    isSame: by.kind === 'same_actor',
  }))
  return said.filter(({ a, b }) => a >= 0 && b >= 0).toSorted((x, y) => x.a - y.a || x.b - y.b)
}

/** Adds what is said to what was found: `said` ascending. */
export function asSaid(pairs: LinkPairs, said: readonly SaidPair[]): LinkPairs {
  if (said.length === 0) return pairs
  const out = pairWriter()
  let next = 0
  const sayBefore = (a: number, b: number): void => {
    for (let one = said[next]; one && (one.a < a || (one.a === a && one.b < b)); one = said[++next])
      if (one.isSame) out.push(one.a, one.b, assertedMicroNats)
  }
  pairs.a.forEach((a, place) => {
    const [b, found] = [pairs.b[place] ?? a, pairs.evidence[place] ?? 0]
    sayBefore(a, b)
    const one = said[next]
    if (one?.a !== a || one.b !== b) return out.push(a, b, found)
    if (one.isSame) out.push(a, b, found + assertedMicroNats)
    next += 1
  })
  sayBefore(Infinity, Infinity)
  return out.pairs()
}
