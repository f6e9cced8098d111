/** graphology's Louvain (Blondel et al. 2008), as a platform would use it. */
import { UndirectedGraph } from 'graphology'
import louvainOf from 'graphology-communities-louvain'
import type { WeightedPairs } from './pairs.ts'

/** The community of each account, named by its least account. Ties fall by the order of pairs, so they are sorted. */
export function louvain(accounts: number, { a, b, weight }: WeightedPairs): Int32Array {
  const graph = new UndirectedGraph()
  for (const account of new Set([...a, ...b])) graph.addNode(account)
  a.forEach((account, at) => graph.addEdge(account, b[at], { weight: weight[at] }))
  const found = graph.size === 0 ? {} : louvainOf(graph, { getEdgeWeight: 'weight', randomWalk: false })
  return namedByLeast(accounts, (account) => found[account])
}

/** Accounts without a label are communities of their own. */
export function namedByLeast(accounts: number, labelOf: (account: number) => number | undefined): Int32Array {
  const least = new Map<number, number>()
  return Int32Array.from({ length: accounts }, (_, account) => {
    const label = labelOf(account)
    if (label === undefined) return account
    const known = least.get(label)
    if (known !== undefined) return known
    least.set(label, account)
    return account
  })
}
