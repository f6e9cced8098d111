/** The named alternative: graphology's Louvain, on modularity. Kept to compare with; it has a resolution limit. */
import { UndirectedGraph } from 'graphology'
import louvainOf from 'graphology-communities-louvain'
import type { PairGraph } from './pair-graph.ts'

/** The community of each account, named by its least account. */
export function louvain(graph: PairGraph): Int32Array {
  const communityOf = louvainOf(toGraph(graph), { getEdgeWeight: 'weight', randomWalk: false })
  const least = new Map<number, number>()
  return Int32Array.from({ length: graph.accounts }, (_, account) => {
    const community = communityOf[account]
    if (community === undefined) return account
    const known = least.get(community)
    if (known !== undefined) return known
    least.set(community, account)
    return account
  })
}

/** Accounts are added in order, because Louvain breaks ties by the order nodes arrive in. */
function toGraph({ accounts, offsets, targets, weights }: PairGraph): UndirectedGraph {
  const graph = new UndirectedGraph()
  for (let v = 0; v < accounts; v++) if (offsets[v] !== offsets[v + 1]) graph.addNode(v)
  for (let v = 0; v < accounts; v++) {
    for (let i = offsets[v] ?? 0; i < (offsets[v + 1] ?? 0); i++) {
      const u = targets[i] ?? 0
      if (u > v) graph.addEdge(v, u, { weight: weights[i] })
    }
  }
  return graph
}
