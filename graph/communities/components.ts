/**
 * Connected components over the edges that can matter: those heavier than gamma. Dropping the others is exact for
 * CPM: if no edge between S and T is heavier, then w(S,T) <= gamma |S| |T|, so S and T are never better as one.
 */
import type { PairGraph } from './pair-graph.ts'

/** Components by their least account, each with its accounts ascending. Single accounts are left out. */
export function componentsAbove(
  { accounts, offsets, targets, weights }: PairGraph,
  gammaMicro: number,
): readonly Int32Array[] {
  const parent = Int32Array.from({ length: accounts }, (_, v) => v)
  for (let v = 0; v < accounts; v++) {
    for (let i = offsets[v] ?? 0; i < (offsets[v + 1] ?? 0); i++) {
      if ((weights[i] ?? 0) > gammaMicro) unite(parent, v, targets[i] ?? 0)
    }
  }
  return listed(parent)
}

/** The lesser root wins, so that a component is named by its least account (Tarjan 1975, path halving). */
function unite(parent: Int32Array, a: number, b: number): void {
  const [rootA, rootB] = [rootOf(parent, a), rootOf(parent, b)]
  if (rootA < rootB) parent[rootB] = rootA
  else parent[rootA] = rootB
}

function rootOf(parent: Int32Array, account: number): number {
  let v = account
  while (parent[v] !== v) {
    parent[v] = parent[parent[v] ?? 0] ?? 0
    v = parent[v] ?? 0
  }
  return v
}

function listed(parent: Int32Array): readonly Int32Array[] {
  const sizes = new Int32Array(parent.length)
  for (let v = 0; v < parent.length; v++) sizes[rootOf(parent, v)]!++
  const lists = new Map<number, { accounts: Int32Array; filled: number }>()
  for (let v = 0; v < parent.length; v++) {
    const root = rootOf(parent, v)
    const size = sizes[root] ?? 0
    if (size < 2) continue
    const list = lists.get(root) ?? { accounts: new Int32Array(size), filled: 0 }
    list.accounts[list.filled++] = v
    lists.set(root, list)
  }
  return [...lists.values()].map(({ accounts }) => accounts)
}
