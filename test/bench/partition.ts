/** One engine on one graph in a process of its own; prints its CPU time and peak memory as JSON. */
import { UndirectedGraph } from 'graphology'
import louvain from 'graphology-communities-louvain'
import { partition } from '../../graph/kernel/partition.ts'
import { type BenchGraph, benchGraph } from './graph.ts'

const [engine = 'ringleader', groups = '50000'] = process.argv.slice(2)

const engines: Record<string, (graph: BenchGraph) => number> = {
  ringleader: ({ ids, edges }) => new Set(partition(edges, { gammaMicro: 40_000, ids })).size,
  graphology({ accounts, edges }) {
    const graph = new UndirectedGraph()
    for (let account = 0; account < accounts; account++) graph.addNode(account)
    edges.a.forEach((a, i) => graph.addEdge(a, edges.b[i], { weight: edges.weight[i] }))
    return new Set(Object.values(louvain(graph, { getEdgeWeight: 'weight', randomWalk: false }))).size
  },
}

const graph = benchGraph(Number(groups))
const memoryBefore = process.memoryUsage.rss()
const cpuBefore = process.cpuUsage()
const communities = engines[engine]?.(graph)
const { user, system } = process.cpuUsage(cpuBefore)
const memory = process.resourceUsage().maxRSS * 1_024 - memoryBefore
console.log(
  JSON.stringify({ edges: graph.edges.a.length, communities, cpuMs: (user + system) / 1_000, memory }),
)
