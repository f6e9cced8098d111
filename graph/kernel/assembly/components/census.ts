/** What is inside one component: how many edges, how light and heavy, and how much weight one account has at most. */
import { PairGraph } from '../pair-graph'
import { componentTooLarge, refuse, weightOutOfRange } from '../refusal'
import { Components } from './components'

/** As in graph/communities/level.ts. */
const accountsMax = 1 << 21
const weightMax = 1_000_000

@unmanaged
export class Census {
  accounts: i32
  /** Edges inside, counted at both ends. */
  arcs: i32
  lightest: i32
  /** Of any account, the sum of its edges inside. */
  degreeMax: i64
}

export function takeCensus(census: Census, graph: PairGraph, components: Components, component: i32): void {
  const start = components.starts[component]
  const end = components.starts[component + 1]
  const accounts = end - start
  if (accounts > accountsMax) refuse(componentTooLarge)
  let arcs = 0
  let lightest = i32.MAX_VALUE
  let heaviest = 0
  let degreeMax: i64 = 0
  for (let place = start; place < end; place++) {
    const account = components.accounts[place]
    const rowEnd = graph.offsets[account + 1]
    let degree: i64 = 0
    for (let i = graph.offsets[account]; i < rowEnd; i++) {
      // One comparison for both ends of the range.
      if (u32(components.placeOf[graph.targets[i]] - start) >= u32(accounts)) continue
      const weight = graph.weights[i]
      arcs += 1
      degree += weight
      lightest = min(lightest, weight)
      heaviest = max(heaviest, weight)
    }
    degreeMax = max(degreeMax, degree)
  }
  if (arcs > 0 && (lightest < 1 || heaviest > weightMax)) refuse(weightOutOfRange)
  census.accounts = accounts
  census.arcs = arcs
  census.lightest = lightest
  census.degreeMax = degreeMax
}

/** Whether a component is one community for certain (why: graph/communities/level.ts). */
export function isOneCommunity(census: Census, gamma: i32): bool {
  const accounts = i64(census.accounts)
  const lightest = i64(census.lightest)
  if (i64(census.arcs) == accounts * (accounts - 1)) return lightest >= gamma
  return lightest >= gamma * ((accounts * accounts) / 4)
}
