/** Who is least, kept as a binary tree of minima (Hooi et al. 2016, figure 3): a change or a removal costs log n. */

export interface LeastTree {
  /** The least of those left, the lowest number of equals; `undefined` when none is left. */
  least(): number | undefined
  add(item: number, amount: number): void
  remove(item: number): void
}

export function leastTree(priorities: Float64Array): LeastTree {
  let width = 1
  while (width < priorities.length) width *= 2
  const tree = new Float64Array(2 * width).fill(Infinity)
  tree.set(priorities, width)
  const above = (node: number): number => Math.min(tree[2 * node] ?? Infinity, tree[2 * node + 1] ?? Infinity)
  for (let node = width - 1; node >= 1; node -= 1) tree[node] = above(node)

  function set(item: number, priority: number): void {
    let node = width + item
    tree[node] = priority
    for (node >>= 1; node >= 1; node >>= 1) {
      const least = above(node)
      if (tree[node] === least) return
      tree[node] = least
    }
  }
  return {
    least() {
      const wanted = tree[1] ?? Infinity
      if (wanted === Infinity) return undefined
      let node = 1
      while (node < width) node = tree[2 * node] === wanted ? 2 * node : 2 * node + 1
      return node - width
    },
    add: (item, amount) => set(item, (tree[width + item] ?? 0) + amount),
    remove: (item) => set(item, Infinity),
  }
}
