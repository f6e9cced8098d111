/** Which of many things belong together (Tarjan 1975, path halving). */

export interface DisjointSets {
  unite(a: number, b: number): void
  /** The least of the set, so that a set is named alike however it came about. */
  rootOf(one: number): number
}

export function disjointSets(count: number): DisjointSets {
  const parent = Int32Array.from({ length: count }, (_, one) => one)

  function rootOf(one: number): number {
    let v = one
    while (parent[v] !== v) {
      parent[v] = parent[parent[v] ?? 0] ?? 0
      v = parent[v] ?? 0
    }
    return v
  }

  return {
    rootOf,
    unite(a, b) {
      const [rootA, rootB] = [rootOf(a), rootOf(b)]
      if (rootA < rootB) parent[rootB] = rootA
      else parent[rootA] = rootB
    },
  }
}
