/** Trees as columns of nodes: what is asked of every account a thousand times follows no pointers. */
import type { TreeNode } from './node.ts'

export interface FlatTrees {
  /** The first node of each tree. */
  readonly roots: Int32Array
  /** By node: the number of the feature it asks for; -1 for a leaf. */
  readonly features: Int16Array
  /** The threshold, or what a leaf says. */
  readonly values: Float64Array
  /** 1 where rows of which nothing is known go left. */
  readonly missingLeft: Uint8Array
  /** The node on the left; the one on the right comes after it. */
  readonly left: Int32Array
}

/** Made once for each model. */
export function flatTreesOf(trees: readonly TreeNode[]): FlatTrees {
  const known = made.get(trees)
  if (known) return known
  const flat = flatten(trees)
  made.set(trees, flat)
  return flat
}

const made = new WeakMap<readonly TreeNode[], FlatTrees>()

function flatten(trees: readonly TreeNode[]): FlatTrees {
  const nodes: TreeNode[] = [...trees]
  const left: number[] = []
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at] ?? 0
    left.push(typeof node === 'number' ? -1 : nodes.length)
    if (typeof node !== 'number') nodes.push(node[3], node[4])
  }
  return {
    roots: Int32Array.from(trees.keys()),
    features: Int16Array.from(nodes, (node) => (typeof node === 'number' ? -1 : node[0])),
    values: Float64Array.from(nodes, (node) => (typeof node === 'number' ? node : node[1])),
    missingLeft: Uint8Array.from(nodes, (node) => Number(typeof node !== 'number' && node[2] === 'left')),
    left: Int32Array.from(left),
  }
}

/** What a tree says of a row with these figures, by the number of the feature. */
export function leafOf(
  { features, values, missingLeft, left }: FlatTrees,
  root: number,
  figures: Float64Array,
): number {
  let node = root
  for (let feature = features[node] ?? -1; feature >= 0; feature = features[node] ?? -1) {
    const figure = figures[feature] ?? Number.NaN
    const isLeft = figure <= (values[node] ?? 0) || (missingLeft[node] === 1 && Number.isNaN(figure))
    node = (left[node] ?? 0) + (isLeft ? 0 : 1)
  }
  return values[node] ?? 0
}
