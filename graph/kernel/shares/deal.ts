/** Components that have to be searched, dealt into shares that are solved one by one, in any order and by anybody. */
import type { Search } from '../search.ts'
import type { Split } from './split.ts'

export interface Deal {
  /** By component; -1 for those that need no search. */
  readonly shareOf: Int32Array
  /** By share, in edges to look at; dearest first, which is the order in which they are taken. */
  readonly costs: readonly number[]
}

/** From this part of the whole on a component is a giant: it has a share, and so a kernel's memory, to itself. */
const giantPart = 1 / 4

/** So many shares a thread, that all have something to do until the end. */
const sharesPerThread = 4

/** The memory of whoever solves it stays below what is kept (kept.ts), but for a giant's. */
const shareCostMax = 4_000_000

/** Few components need more starts until some in a row were in vain. */
export const startsUsual = 4

export function dealComponents(
  split: Split,
  { threads, search }: { readonly threads: number; readonly search: Search },
): Deal {
  const costOf = costsOf(split, search)
  const whole = costOf.reduce((sum, cost) => sum + cost, 0)
  const full = Math.min(shareCostMax, whole / (threads * sharesPerThread))
  const shareOf = new Int32Array(costOf.length).fill(-1)
  const costs: number[] = []
  let open = -1
  for (let component = 0; component < shareOf.length; component++) {
    if (split.isLeft[component] === 0) continue
    const cost = costOf[component] ?? 0
    const isGiant = cost > whole * giantPart
    if (isGiant || open < 0 || (costs[open] ?? 0) >= full) {
      shareOf[component] = costs.push(cost) - 1
      if (!isGiant) open = costs.length - 1
    } else {
      costs[open]! += cost
      shareOf[component] = open
    }
  }
  return dearestFirst(shareOf, costs)
}

/** Edges that a search looks at: as many as there are, start by start. */
function costsOf({ accounts, edges, isLeft }: Split, { startsMax, visitsMax }: Search): Float64Array {
  const costs = new Float64Array(edges.length)
  for (let component = 0; component < costs.length; component++) {
    if (isLeft[component] === 0) continue
    const starts = Math.min(startsUsual, startsMax, Math.floor(visitsMax / (accounts[component] ?? 1)))
    costs[component] = (edges[component] ?? 0) * Math.max(1, starts)
  }
  return costs
}

function dearestFirst(shareOf: Int32Array, costs: readonly number[]): Deal {
  const order = [...costs.keys()].toSorted((x, y) => (costs[y] ?? 0) - (costs[x] ?? 0) || x - y)
  const placeOf = new Int32Array(order.length)
  order.forEach((share, place) => {
    placeOf[share] = place
  })
  return {
    shareOf: shareOf.map((share) => placeOf[share] ?? -1),
    costs: order.map((share) => costs[share] ?? 0),
  }
}
