/**
 * The partition of a whole graph, component by component: what one component holds never touches another. This is what
 * the kernel computes (graph/kernel), written to be read: it says which result is right, and stands in where a graph is
 * larger than the kernel can address.
 */
import { bestOfBoth } from './best-of-both.ts'
import { componentsAbove } from './components.ts'
import { leidenCpm } from './leiden-cpm.ts'
import { isOneCommunity, type Level, levelOf } from './level.ts'
import type { PairGraph } from './pair-graph.ts'
import { hashIds, type IdHash, visitOrder } from './visit-order.ts'

/** Starts that add nothing anywhere before no other is made. */
export const startsInVain = 2
/** Starts in one component, and accounts that all of them visit: in large components there are fewer. */
export const startsMax = 16
export const visitsMax = 160_000

export interface PartitionOptions {
  /** Mean probability, in millionths, that must tie every part of a community to its rest. */
  readonly gammaMicro: number
  /** Account ids, ascending: accounts must be numbered in their order. */
  readonly ids: readonly string[]
}

/** The community of each account, named by its least account. The same ids and edges give the same communities. */
export const referencePartition = (graph: PairGraph, { gammaMicro, ids }: PartitionOptions): Int32Array =>
  referenceOf(graph, { gammaMicro, hash: hashIds(ids) })

/** By hashes of the ids alone, which is all that it takes of them. */
export function referenceOf(
  graph: PairGraph,
  { gammaMicro, hash }: Pick<PartitionOptions, 'gammaMicro'> & { readonly hash: IdHash },
): Int32Array {
  const labels = Int32Array.from({ length: graph.accounts }, (_, account) => account)
  const place = new Int32Array(graph.accounts).fill(-1)
  for (const component of componentsAbove(graph, gammaMicro)) {
    const level = levelOf(graph, component, place)
    if (isOneCommunity(level, gammaMicro)) {
      for (const account of component) labels[account] = component[0] ?? account
      continue
    }
    const orderOf = (start: number): Int32Array => visitOrder(component, hash, start)
    nameByLeast(labels, component, fromManyStarts(level, { orderOf, gammaMicro }))
  }
  return labels
}

/** What the starts found, region by region the best, while starts still add something. */
function fromManyStarts(
  level: Level,
  { orderOf, gammaMicro }: { orderOf: (start: number) => Int32Array; gammaMicro: number },
): Int32Array {
  const found = (start: number): Int32Array =>
    byLeast(leidenCpm(level, { order: orderOf(start), gammaMicro }))
  const starts = Math.min(startsMax, Math.floor(visitsMax / level.nodes))
  let best = found(1)
  let inVain = 0
  for (let start = 2; start <= starts && inVain < startsInVain; start++) {
    const better = bestOfBoth(level, { one: best, other: found(start), gammaMicro })
    inVain = better ? 0 : inVain + 1
    best = better ?? best
  }
  return best
}

/** Each community named by its least node. */
function byLeast(labels: Int32Array): Int32Array {
  const least = new Map<number, number>()
  labels.forEach((label, node) => {
    if (!least.has(label)) least.set(label, node)
  })
  return labels.map((label) => least.get(label) ?? 0)
}

/** `found` names a community by its least node, which is its least account. */
function nameByLeast(labels: Int32Array, component: Int32Array, found: Int32Array): void {
  component.forEach((account, node) => {
    labels[account] = component[found[node] ?? 0] ?? account
  })
}
