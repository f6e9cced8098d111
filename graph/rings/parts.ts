/** What is left of a group when some of it went elsewhere may have been held together by those who went. */

import { saidPairs } from '../assertions/links.ts'
import { disjointSets } from '../communities/disjoint-sets.ts'
import { givesTo } from '../evidence/account-facts.ts'
import { isDerived } from '../identifiers/registry.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { usedBy, userCount } from '../projection/uses/of.ts'

/** What more accounts use holds nobody together; nor does what follows from values, as their network does. */
const holdersMax = 200

/**
 * Accounts of one part reach each other by values they share, whom of each other they paid and with whom they are said to be
 * of one actor. Ascending, by their least.
 */
export type PartsOf = (accounts: readonly number[]) => readonly (readonly number[])[]

export function partsIn(table: LinkTable): PartsOf {
  const same = saidPairs(table).filter(({ isSame }) => isSame)
  return (accounts) => {
    const sets = disjointSets(accounts.length)
    const firstOn = new Map<number, number>()
    const placeOf = new Map(accounts.map((account, place) => [table.facts.ids[account], place]))
    const placeAt = (account: number) => placeOf.get(table.facts.ids[account])
    for (const { a, b } of same) {
      const [one, other] = [placeAt(a), placeAt(b)]
      if (one !== undefined && other !== undefined) sets.unite(one, other)
    }
    accounts.forEach((account, place) => {
      for (const { to } of table.facts.relationsAt(account).filter(givesTo)) {
        const other = placeOf.get(to)
        if (other !== undefined) sets.unite(place, other)
      }
      for (const identifier of usedBy(table, account).identifiers) {
        if (userCount(table, identifier) > holdersMax) continue
        if (isDerived(table.identifiers.kindAt(identifier))) continue
        const other = firstOn.get(identifier)
        if (other === undefined) firstOn.set(identifier, place)
        else sets.unite(other, place)
      }
    })
    const parts = Map.groupBy(accounts.keys(), (place) => sets.rootOf(place))
    return [...parts.values()].map((places) => places.map((place) => accounts[place] ?? 0))
  }
}
