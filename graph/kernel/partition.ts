/** The partition of graph/communities/reference.ts, byte for byte, by the kernel. */
import { roundsMax } from '../communities/leiden-cpm.ts'
import { type PairEdges, pairGraph } from '../communities/pair-graph.ts'
import {
  type PartitionOptions,
  referencePartition,
  startsInVain,
  startsMax,
  visitsMax,
} from '../communities/reference.ts'
import { putHash } from '../communities/visit-order.ts'
import { type Kernel, KernelFull } from './instance.ts'
import { type WithKernel, withKernel } from './kept.ts'

/** How long is searched: rounds over all levels, and starts as in graph/communities/reference.ts. */
export interface Search {
  readonly roundsMax: number
  readonly startsMax: number
  readonly startsInVain: number
  readonly visitsMax: number
}

const usualSearch: Search = { roundsMax, startsMax, startsInVain, visitsMax }

/**
 * The community of each account, named by its least account. The same ids and pairs give the same communities. Pairs are
 * `a < b` and ascend by `a`, then by `b`. `RangeError` for pairs that do not, weights that are no probabilities and a gamma
 * that is no whole number of millionths.
 */
export const partition = partitioner()

/** The reference does what does not fit. */
export function partitioner(inKernel: WithKernel = withKernel) {
  return (pairs: PairEdges, options: PartitionOptions): Int32Array =>
    inKernel(
      (kernel) => partitionIn(kernel, pairs, options),
      () => referencePartition(pairGraph(options.ids.length, pairs), options),
    )
}

/** In an instance of the caller's, for as long as it says; `KernelFull` when the graph does not fit. */
export function partitionIn(
  kernel: Kernel,
  pairs: PairEdges,
  { gammaMicro, ids, ...search }: PartitionOptions & Partial<Search>,
): Int32Array {
  checkGamma(gammaMicro)
  const { roundsMax, startsMax, startsInVain, visitsMax } = { ...usualSearch, ...search }
  openGraph(kernel, pairs, ids.length)
  kernel.buildRows()
  hashLeft(kernel, kernel.findComponents(gammaMicro), ids)
  kernel.partition(gammaMicro, roundsMax, startsMax, startsInVain, visitsMax)
  return kernel.view(kernel.labels(), ids.length).slice()
}

function checkGamma(gammaMicro: number): void {
  if (!Number.isInteger(gammaMicro) || gammaMicro < 1 || gammaMicro > 1_000_000) {
    throw new RangeError(`Gamma is a whole number of millionths from 1 to 1,000,000, not ${gammaMicro}`)
  }
}

/** More of them would not fit anyway, and their number might not fit 32 bits. */
const rowsMost = 2 ** 28

function openGraph(kernel: Kernel, { a, b, weight }: PairEdges, accounts: number): void {
  if (b.length !== a.length || weight.length !== a.length)
    throw new RangeError('Columns of pairs differ in length')
  if (a.length > rowsMost || accounts > rowsMost) throw new KernelFull(`${a.length} links are too many`)
  kernel.openGraph(accounts, a.length)
  kernel.view(kernel.lesserAccounts(), a.length).set(a)
  kernel.view(kernel.greaterAccounts(), b.length).set(b)
  kernel.view(kernel.weights(), weight.length).set(weight)
}

/**
 * Only those whose community is searched for need an order of their own: to hash all costs as much as the search. They
 * are taken as they were given, because ids lie in memory in that order.
 */
function hashLeft(kernel: Kernel, count: number, ids: readonly string[]): void {
  const placeOf = kernel.view(kernel.placesLeft(), ids.length)
  const hash = {
    high: kernel.view(kernel.highHashes(), count),
    low: kernel.view(kernel.lowHashes(), count),
  }
  for (let account = 0; account < ids.length; account++) {
    const place = placeOf[account] ?? -1
    if (place >= 0) putHash(hash, place, ids[account] ?? '')
  }
}
