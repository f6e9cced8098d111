/** Accounts that had to do with each other before are one witness, not several: a family buys one television. */
import { disjointSets } from '../communities/disjoint-sets.ts'
import { linkingAccountsMax } from '../evidence/share.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { usedBy, userCount } from '../projection/uses/of.ts'
import { dayMs } from '../time.ts'

/** What they met together so shortly before is part of the same attack. */
const beforeMs = 3 * dayMs
/** An address with so many users in all is no home. */
const homeUsersMax = 12

/** How many groups the visitors fall into by what they shared before they met at the pivot. */
export function unrelatedGroups(
  table: LinkTable,
  visits: readonly { readonly account: number; readonly at: number }[],
  { pivot, kindOf }: { pivot: number; kindOf: KindLookup },
): number {
  const sets = disjointSets(visits.length)
  const firstOn = new Map<number, number>()
  const startsAt = visits.reduce((first, { at }) => Math.min(first, at), Infinity)
  visits.forEach(({ account }, visitor) => {
    const { identifiers, ties } = usedBy(table, account)
    ties.forEach((tie, place) => {
      const identifier = identifiers[place] ?? -1
      if (identifier === pivot || tie.firstAt > startsAt - beforeMs || !relates(table, identifier, kindOf))
        return
      const other = firstOn.get(identifier)
      if (other === undefined) firstOn.set(identifier, visitor)
      else sets.unite(other, visitor)
    })
  })
  return new Set(visits.map((_, visitor) => sets.rootOf(visitor))).size
}

function relates(table: LinkTable, identifier: number, kindOf: KindLookup): boolean {
  const kind = kindOf(table.identifiers.kindAt(identifier))
  const users = userCount(table, identifier)
  if (!kind || users < 2) return false
  if (kind.evidence.links === 'pairs') return users <= linkingAccountsMax(kind.evidence)
  return kind.name === 'ip' && users <= homeUsersMax
}
