/** The partition of graph/communities/reference.ts, byte for byte, by the kernel. */
import { roundsMax } from '../communities/leiden-cpm.ts'
import type { PairGraph } from '../communities/pair-graph.ts'
import {
  manyStarts,
  manyStartsBelow,
  type PartitionOptions,
  referencePartition,
} from '../communities/reference.ts'
import { hashIds } from '../communities/visit-order.ts'
import { type Kernel, KernelFull, newKernel, pagesMost } from './instance.ts'

/** How long is searched: rounds over all levels, and starts in components of fewer accounts than a bound. */
export interface Search {
  readonly roundsMax: number
  readonly manyStarts: number
  readonly manyStartsBelow: number
}

const usualSearch: Search = { roundsMax, manyStarts: manyStarts.length, manyStartsBelow }

/** An instance is kept for the next call while it is small: its memory grows, and never shrinks. */
const keptBytesMax = 16 * 2 ** 20

/**
 * The community of each account, named by its least account. The same ids and edges give the same communities.
 * `RangeError` for a gamma that is no whole number of millionths, ids that are not one an account, and weights that
 * are no probabilities.
 */
export const partition = partitioner()

/** A partition in kernels of at most `pagesMax` pages; the reference does what does not fit. */
export function partitioner(pagesMax: number = pagesMost) {
  let kept: Kernel | undefined
  return (graph: PairGraph, options: PartitionOptions): Int32Array => {
    const kernel = kept ?? newKernel(pagesMax)
    kept = undefined
    try {
      const labels = partitionIn(kernel, graph, options)
      if (kernel.bytes() <= keptBytesMax) kept = kernel
      return labels
    } catch (error) {
      if (error instanceof KernelFull) return referencePartition(graph, options)
      throw error
    }
  }
}

/** In an instance of the caller's, for as long as it says; `KernelFull` when the graph does not fit. */
export function partitionIn(
  kernel: Kernel,
  graph: PairGraph,
  { gammaMicro, ids, ...search }: PartitionOptions & Partial<Search>,
): Int32Array {
  check(graph.accounts, { gammaMicro, ids })
  const { roundsMax, manyStarts, manyStartsBelow } = { ...usualSearch, ...search }
  openGraph(kernel, graph)
  hashLeft(kernel, kernel.findComponents(gammaMicro), ids)
  kernel.partition(gammaMicro, roundsMax, manyStarts, manyStartsBelow)
  return kernel.view(kernel.labels(), graph.accounts).slice()
}

function check(accounts: number, { gammaMicro, ids }: PartitionOptions): void {
  if (!Number.isInteger(gammaMicro) || gammaMicro < 1 || gammaMicro > 1_000_000) {
    throw new RangeError(`Gamma is a whole number of millionths from 1 to 1,000,000, not ${gammaMicro}`)
  }
  if (ids.length !== accounts)
    throw new RangeError(`${accounts} accounts need as many ids, not ${ids.length}`)
}

/** More of them would not fit anyway, and their number might not fit 32 bits. */
const arcsMax = 2 ** 29

function openGraph(kernel: Kernel, { accounts, offsets, targets, weights }: PairGraph): void {
  if (targets.length > arcsMax || accounts >= arcsMax)
    throw new KernelFull(`${targets.length} links are too many`)
  kernel.openGraph(accounts, targets.length)
  kernel.view(kernel.offsets(), accounts + 1).set(offsets)
  kernel.view(kernel.targets(), targets.length).set(targets)
  kernel.view(kernel.weights(), weights.length).set(weights)
}

/** Only those whose community is searched for need an order of their own: hashing all would cost as much as the search. */
function hashLeft(kernel: Kernel, count: number, ids: readonly string[]): void {
  const left = kernel.view(kernel.accountsLeft(), count)
  const { high, low } = hashIds(Array.from(left, (account) => ids[account] ?? ''))
  kernel.view(kernel.highHashes(), count).set(high)
  kernel.view(kernel.lowHashes(), count).set(low)
}
