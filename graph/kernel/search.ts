/** The search for communities in one kernel: of a whole graph, or of a share of its components. */
import { roundsMax } from '../communities/leiden-cpm.ts'
import type { PairEdges } from '../communities/pair-graph.ts'
import { startsInVain, startsMax, visitsMax } from '../communities/reference.ts'
import type { IdHash } from '../communities/visit-order.ts'
import { type Kernel, KernelFull } from './instance.ts'

/** How long is searched: rounds over all levels, and starts as in graph/communities/reference.ts. */
export interface Search {
  readonly roundsMax: number
  readonly startsMax: number
  readonly startsInVain: number
  readonly visitsMax: number
}

export const usualSearch: Search = { roundsMax, startsMax, startsInVain, visitsMax }

export interface Searched {
  readonly gammaMicro: number
  readonly accounts: number
  readonly search: Search
  /** Puts an account's hashes at a place. Only those whose community is searched for are asked for. */
  readonly putHash: (hash: IdHash, place: number, account: number) => void
}

/** A view of labels, until the kernel is used again; `KernelFull` when the graph does not fit. */
export function searchIn(
  kernel: Kernel,
  pairs: PairEdges,
  { gammaMicro, accounts, search, putHash }: Searched,
): Int32Array {
  const { roundsMax, startsMax, startsInVain, visitsMax } = search
  openGraph(kernel, pairs, accounts)
  kernel.buildRows()
  const count = kernel.findComponents(gammaMicro)
  const placeOf = kernel.view(kernel.placesLeft(), accounts)
  const hash = {
    high: kernel.view(kernel.highHashes(), count),
    low: kernel.view(kernel.lowHashes(), count),
  }
  // To hash all costs as much as the search. In the order given, because ids lie in memory in that order.
  for (let account = 0; account < accounts; account++) {
    const place = placeOf[account] ?? -1
    if (place >= 0) putHash(hash, place, account)
  }
  kernel.partition(gammaMicro, roundsMax, startsMax, startsInVain, visitsMax)
  return kernel.view(kernel.labels(), accounts)
}

/** More of them would not fit anyway, and their number might not fit 32 bits. */
const rowsMost = 2 ** 28

function openGraph(kernel: Kernel, { a, b, weight }: PairEdges, accounts: number): void {
  if (a.length > rowsMost || accounts > rowsMost) throw new KernelFull(`${a.length} links are too many`)
  kernel.openGraph(accounts, a.length)
  kernel.view(kernel.lesserAccounts(), a.length).set(a)
  kernel.view(kernel.greaterAccounts(), b.length).set(b)
  kernel.view(kernel.weights(), weight.length).set(weight)
}
