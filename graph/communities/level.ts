/** The graph that one level of Leiden works on: nodes are accounts at first, then whole communities. */
import type { PairGraph } from './pair-graph.ts'

export interface Level {
  readonly nodes: number
  readonly offsets: Int32Array
  readonly targets: Int32Array
  /** Sums of millionths; whole numbers below 2^53 in doubles. */
  readonly weights: Float64Array
  /** Accounts in each node. */
  readonly sizes: Float64Array
}

/** Squares of a component's size times gamma must stay exact in a double. */
const accountsMax = 2 ** 21

/** One component, its accounts numbered from 0 in their given order. `place` is -1 everywhere, before and after. */
export function levelOf(graph: PairGraph, component: Int32Array, place: Int32Array): Level {
  const nodes = component.length
  if (nodes > accountsMax)
    throw new RangeError(`A component of ${nodes} accounts is more than ${accountsMax}`)
  component.forEach((account, node) => {
    place[account] = node
  })
  const rows = rowsOf(graph, component, place)
  component.forEach((account) => {
    place[account] = -1
  })
  return { nodes, ...rows, sizes: new Float64Array(nodes).fill(1) }
}

function rowsOf({ offsets: starts, ...graph }: PairGraph, component: Int32Array, place: Int32Array) {
  const end = (account: number): number => starts[account + 1] ?? 0
  const start = (account: number): number => starts[account] ?? 0
  const most = component.reduce((sum, account) => sum + end(account) - start(account), 0)
  const offsets = new Int32Array(component.length + 1)
  const targets = new Int32Array(most)
  const weights = new Float64Array(most)
  let filled = 0
  component.forEach((account, node) => {
    for (let i = start(account); i < end(account); i++) {
      const neighbour = place[graph.targets[i] ?? 0] ?? -1
      // An edge too light to join components may lead out of this one.
      if (neighbour < 0) continue
      targets[filled] = neighbour
      weights[filled] = graph.weights[i] ?? 0
      filled += 1
    }
    offsets[node + 1] = filled
  })
  return { offsets, targets: targets.subarray(0, filled), weights: weights.subarray(0, filled) }
}

/**
 * Whether a connected component is one community for certain. Parting S from T costs w(S,T) and saves
 * gamma |S| |T|. In a complete graph of edges of gamma or more it never pays, because w(S,T) >= gamma |S| |T|. In
 * any connected graph it never pays while the lightest edge outweighs gamma floor(n^2 / 4), the most that can be
 * saved; and where no two-way parting pays at any size, joining neighbours step by step never loses.
 */
export function isOneCommunity({ nodes, targets, weights }: Level, gammaMicro: number): boolean {
  let lightest = Infinity
  for (let i = 0; i < weights.length; i++) lightest = Math.min(lightest, weights[i] ?? 0)
  const isComplete = targets.length === nodes * (nodes - 1)
  return isComplete ? lightest >= gammaMicro : lightest >= gammaMicro * Math.floor((nodes * nodes) / 4)
}

/** Communities become nodes; `labels` are numbered 0 to `count - 1`. Edges inside a community are dropped. */
export function aggregate(level: Level, labels: Int32Array, count: number): Level {
  const members = nodesByLabel(labels, count)
  const sizes = new Float64Array(count)
  const sums = neighbourSums(count)
  const offsets = new Int32Array(count + 1)
  const targets: number[] = []
  const weights: number[] = []
  members.forEach((nodes, label) => {
    for (const node of nodes) {
      sizes[label]! += level.sizes[node] ?? 0
      sums.addRow(level, node, labels)
    }
    for (const neighbour of sums.labels().toSorted((a, b) => a - b)) {
      if (neighbour === label) continue
      targets.push(neighbour)
      weights.push(sums.of(neighbour))
    }
    sums.clear()
    offsets[label + 1] = targets.length
  })
  return {
    nodes: count,
    offsets,
    targets: Int32Array.from(targets),
    weights: Float64Array.from(weights),
    sizes,
  }
}

function nodesByLabel(labels: Int32Array, count: number): readonly number[][] {
  const members: number[][] = Array.from({ length: count }, () => [])
  labels.forEach((label, node) => members[label]?.push(node))
  return members
}

/** A dense table of weights to neighbouring communities, with a list of what was touched. */
export interface NeighbourSums {
  add(label: number, weight: number): void
  addRow(level: Level, node: number, labels: Int32Array): void
  of(label: number): number
  labels(): readonly number[]
  clear(): void
}

export function neighbourSums(count: number): NeighbourSums {
  const sums = new Float64Array(count)
  const isTouched = new Uint8Array(count)
  const touched: number[] = []
  function add(label: number, weight: number): void {
    if (isTouched[label] === 0) {
      isTouched[label] = 1
      touched.push(label)
    }
    sums[label]! += weight
  }
  return {
    add,
    addRow({ offsets, targets, weights }, node, labels) {
      for (let i = offsets[node] ?? 0; i < (offsets[node + 1] ?? 0); i++) {
        add(labels[targets[i] ?? 0] ?? 0, weights[i] ?? 0)
      }
    },
    of: (label) => sums[label] ?? 0,
    labels: () => touched,
    clear() {
      for (const label of touched) {
        sums[label] = 0
        isTouched[label] = 0
      }
      touched.length = 0
    },
  }
}

/** Labels 0, 1, 2 ... in order of first appearance; how many there are. */
export function renumber(labels: Int32Array): { readonly labels: Int32Array; readonly count: number } {
  const numbers = new Map<number, number>()
  const renumbered = labels.map((label) => {
    const known = numbers.get(label)
    if (known !== undefined) return known
    numbers.set(label, numbers.size)
    return numbers.size - 1
  })
  return { labels: renumbered, count: numbers.size }
}
