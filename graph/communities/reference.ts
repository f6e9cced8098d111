/**
 * The partition of a whole graph, component by component: what one component holds never touches another. This is what
 * the kernel computes (graph/kernel), written to be read: it says which result is right, and stands in where a graph is
 * larger than the kernel can address.
 */
import { componentsAbove } from './components.ts'
import { leidenCpm } from './leiden-cpm.ts'
import { isOneCommunity, levelOf } from './level.ts'
import type { PairGraph } from './pair-graph.ts'
import { cpmQuality } from './quality.ts'
import { hashIds, visitOrder } from './visit-order.ts'

/** Three starts pay only in small components: they cost twice the time for 4e-5 of the objective at most. */
export const manyStartsBelow = 2_000
export const manyStarts = [1, 2, 3]
const oneStart = [1]

export interface PartitionOptions {
  /** Mean probability, in millionths, that must tie every part of a community to its rest. */
  readonly gammaMicro: number
  /** Account ids, ascending: accounts must be numbered in their order. */
  readonly ids: readonly string[]
}

/** The community of each account, named by its least account. The same ids and edges give the same communities. */
export function referencePartition(graph: PairGraph, { gammaMicro, ids }: PartitionOptions): Int32Array {
  const labels = Int32Array.from({ length: graph.accounts }, (_, account) => account)
  const place = new Int32Array(graph.accounts).fill(-1)
  const hashes = hashIds(ids)
  for (const component of componentsAbove(graph, gammaMicro)) {
    const level = levelOf(graph, component, place)
    if (isOneCommunity(level, gammaMicro)) {
      for (const account of component) labels[account] = component[0] ?? account
      continue
    }
    const starts = component.length < manyStartsBelow ? manyStarts : oneStart
    const found = starts.map((start) =>
      leidenCpm(level, { order: visitOrder(component, hashes, start), gammaMicro }),
    )
    nameByLeast(
      labels,
      component,
      bestOf(found, (one) => cpmQuality(level, one, gammaMicro)),
    )
  }
  return labels
}

/** The first of the best. */
function bestOf(found: readonly Int32Array[], qualityOf: (labels: Int32Array) => number): Int32Array {
  let best = found[0] ?? new Int32Array()
  let bestQuality = -Infinity
  for (const labels of found) {
    const quality = qualityOf(labels)
    if (quality > bestQuality) {
      best = labels
      bestQuality = quality
    }
  }
  return best
}

function nameByLeast(labels: Int32Array, component: Int32Array, found: Int32Array): void {
  const least = new Map<number, number>()
  component.forEach((account, node) => {
    const label = found[node] ?? 0
    if (!least.has(label)) least.set(label, account)
    labels[account] = least.get(label) ?? account
  })
}
