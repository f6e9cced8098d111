/**
 * Connected components over the edges that can matter: those heavier than gamma. Dropping the others is exact for
 * CPM: if no edge between S and T is heavier, then w(S,T) <= gamma |S| |T|, so S and T are never better as one.
 */
import { disjointSets } from './disjoint-sets.ts'
import type { PairGraph } from './pair-graph.ts'

/** Components by their least account, each with its accounts ascending. Single accounts are left out. */
export function componentsAbove(
  { accounts, offsets, targets, weights }: PairGraph,
  gammaMicro: number,
): readonly Int32Array[] {
  const sets = disjointSets(accounts)
  for (let v = 0; v < accounts; v++) {
    for (let i = offsets[v] ?? 0; i < (offsets[v + 1] ?? 0); i++) {
      if ((weights[i] ?? 0) > gammaMicro) sets.unite(v, targets[i] ?? 0)
    }
  }
  return listed(accounts, (account) => sets.rootOf(account))
}

function listed(accounts: number, rootOf: (account: number) => number): readonly Int32Array[] {
  const sizes = new Int32Array(accounts)
  for (let v = 0; v < accounts; v++) sizes[rootOf(v)]!++
  const lists = new Map<number, { accounts: Int32Array; filled: number }>()
  for (let v = 0; v < accounts; v++) {
    const root = rootOf(v)
    const size = sizes[root] ?? 0
    if (size < 2) continue
    const list = lists.get(root) ?? { accounts: new Int32Array(size), filled: 0 }
    list.accounts[list.filled++] = v
    lists.set(root, list)
  }
  return [...lists.values()].map(({ accounts }) => accounts)
}
