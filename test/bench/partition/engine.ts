/** One of our engines on one graph in a process of its own: `engine.ts ENGINE FILE RUNS` prints what it took as JSON. */
import { UndirectedGraph } from 'graphology'
import louvain from 'graphology-communities-louvain'
import { type PairEdges, pairGraph } from '../../../graph/communities/pair-graph.ts'
import { referencePartition } from '../../../graph/communities/reference.ts'
import { newKernel } from '../../../graph/kernel/instance.ts'
import { componentSolver, partitionIn } from '../../../graph/kernel/partition.ts'
import type { Search } from '../../../graph/kernel/search.ts'
import { solverThreads } from '../../../src/engine/solver-threads.ts'
import { readGraph } from './graph-file.ts'

export interface EngineRun {
  /** CPU time of each run, the first in a fresh process. */
  readonly ms: readonly number[]
  /** By the clock, and CPU time of the thread that was asked alone: what the clock says where every thread has a core. */
  readonly tookMs: readonly number[]
  readonly callerMs: readonly number[]
  /** Of the first run, beyond what was there before. */
  readonly peakBytes: number
  readonly communities: number
  /** Of the Constant Potts Model at gamma .04. */
  readonly quality: number
  /** Of each run, what passed before the search began: part of `ms` with us, beforehand with peers. */
  readonly buildMs?: readonly number[]
}

type Labels = ArrayLike<number>
type Engine = (edges: PairEdges, ids: readonly string[]) => Labels

const gammaMicro = 40_000

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

const ownMs = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

/** One instance for all runs, as a peer's graph stays in memory; what passes until it holds the rows is told apart. */
function kernel(search: Partial<Search>): Engine {
  const one = newKernel()
  return (edges, ids) => {
    const start = cpuMs()
    const rows = { buildRows: () => (one.buildRows(), builds.push(cpuMs() - start)) }
    return partitionIn({ ...one, ...rows }, edges, { gammaMicro, ids, ...search })
  }
}

function inThreads(threads: number): Engine {
  const helpers = solverThreads(threads)
  const solve = componentSolver({ ...(helpers && { helpers }), helpFrom: 0 })
  return (edges, ids) => solve(edges, { gammaMicro, ids }).labels
}

/** Of each run of an engine that tells it, what it took before it began to search. */
const builds: number[] = []

const engines: Readonly<Record<string, () => Engine>> = {
  'kernel-1': () => kernel({ roundsMax: 1, startsMax: 1 }),
  'kernel-2': () => kernel({ roundsMax: 2, startsMax: 1 }),
  'kernel-stable': () => kernel({ startsMax: 1 }),
  kernel: () => kernel({}),
  'thread-1': () => inThreads(1),
  'thread-2': () => inThreads(2),
  reference: () => (edges, ids) => referencePartition(pairGraph(ids.length, edges), { gammaMicro, ids }),
  graphology: () => (edges, ids) => {
    const graph = new UndirectedGraph()
    for (let node = 0; node < ids.length; node++) graph.addNode(node)
    edges.a.forEach((a, i) => graph.addEdge(a, edges.b[i], { weight: edges.weight[i] }))
    const found = louvain(graph, { getEdgeWeight: 'weight', randomWalk: false })
    return Int32Array.from(ids, (_, node) => found[node] ?? node)
  },
  /** Components alone, of edges that are all heavier than gamma. */
  components: () => (edges, ids) => {
    const one = newKernel()
    const start = cpuMs()
    one.openGraph(ids.length, edges.a.length)
    one.view(one.lesserAccounts(), edges.a.length).set(edges.a)
    one.view(one.greaterAccounts(), edges.a.length).set(edges.b)
    one.view(one.weights(), edges.a.length).set(edges.weight)
    one.buildRows()
    builds.push(cpuMs() - start)
    one.findComponents(gammaMicro)
    return []
  },
}

function qualityOf({ a, b, weight }: PairEdges, labels: Labels): number {
  const sizes = new Map<number, number>()
  for (let node = 0; node < labels.length; node++) {
    const label = labels[node] ?? 0
    sizes.set(label, (sizes.get(label) ?? 0) + 1)
  }
  let quality = 0
  a.forEach((from, i) => {
    if (labels[from] === labels[b[i] ?? 0]) quality += weight[i] ?? 0
  })
  for (const size of sizes.values()) quality -= (gammaMicro * size * (size - 1)) / 2
  return quality / 1_000_000
}

const [name = 'kernel', path = '', runs = '1'] = process.argv.slice(2)
const engine = engines[name]?.()
if (!engine) throw new Error(`There is no engine ${name}: ${Object.keys(engines).join(', ')}`)
const { nodes, edges } = readGraph(path)
const ids = Array.from({ length: nodes }, (_, i) => `acct_${String(i).padStart(8, '0')}`)
const before = process.memoryUsage.rss()
const [ms, tookMs, callerMs]: [number[], number[], number[]] = [[], [], []]
let labels: Labels = []
let peakBytes = 0
for (let run = 0; run < Number(runs); run++) {
  const [start, own, startedAt] = [cpuMs(), ownMs(), performance.now()]
  labels = engine(edges, ids)
  ms.push(cpuMs() - start)
  callerMs.push(ownMs() - own)
  tookMs.push(performance.now() - startedAt)
  if (run === 0) peakBytes = process.resourceUsage().maxRSS * 1_024 - before
}
const run: EngineRun = {
  ms,
  tookMs,
  callerMs,
  buildMs: builds,
  peakBytes,
  communities: new Set(Array.from(labels)).size,
  quality: qualityOf(edges, labels),
}
console.log(JSON.stringify(run))
