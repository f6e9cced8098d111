/** One place, several identifiers: a gang's machines, each with its browser, are used by the same people. */
import { disjointSets } from '../communities/disjoint-sets.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { usersOf } from '../projection/uses/of.ts'
import type { Visit } from './visit.ts'

/** Accounts that two identifiers must share to be of one place. */
const sharedUsersMin = 2

interface Visited {
  readonly identifier?: number
  readonly visits: readonly Visit[]
}

/** Pivots by place, in the order given. One without an identifier is a place of its own. */
export function placesOf<Pivot extends Visited>(
  table: LinkTable,
  pivots: readonly Pivot[],
): readonly (readonly Pivot[])[] {
  const sets = disjointSets(pivots.length)
  for (const [one, shared] of sharedUsers(table, pivots).entries())
    for (const [other, count] of shared) if (count >= sharedUsersMin) sets.unite(one, other)
  return [...Map.groupBy(pivots.keys(), (number) => sets.rootOf(number)).values()].map((numbers) =>
    numbers.flatMap((number) => pivots[number] ?? []),
  )
}

/** By pivot, how many users it shares with each one before it. */
function sharedUsers(table: LinkTable, pivots: readonly Visited[]): readonly ReadonlyMap<number, number>[] {
  const usedBefore = new Map<number, number[]>()
  return pivots.map(({ identifier }, number) => {
    const shared = new Map<number, number>()
    if (identifier === undefined) return shared
    for (const account of usersOf(table, identifier)) {
      const before = usedBefore.get(account) ?? []
      for (const other of before) shared.set(other, (shared.get(other) ?? 0) + 1)
      usedBefore.set(account, [...before, number])
    }
    return shared
  })
}

/** The first visit of each account to any of them, ascending by time. */
export function visitsOf(pivots: readonly Visited[]): readonly Visit[] {
  const first = new Map<number, Visit>()
  const all = pivots.flatMap(({ visits }) => visits).toSorted((a, b) => a.at - b.at || a.account - b.account)
  for (const visit of all) if (!first.has(visit.account)) first.set(visit.account, visit)
  return [...first.values()]
}
