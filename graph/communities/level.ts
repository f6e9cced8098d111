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

/** One component, its accounts numbered from 0 in their given order. `place` maps accounts to those numbers. */
export function levelOf(graph: PairGraph, component: Int32Array, place: Int32Array): Level {
  const nodes = component.length
  if (nodes > accountsMax)
    throw new RangeError(`A component of ${nodes} accounts is more than ${accountsMax}`)
  component.forEach((account, node) => {
    place[account] = node
  })
  const offsets = new Int32Array(nodes + 1)
  const targets: number[] = []
  const weights: number[] = []
  component.forEach((account, node) => {
    for (let i = graph.offsets[account] ?? 0; i < (graph.offsets[account + 1] ?? 0); i++) {
      const neighbour = place[graph.targets[i] ?? 0] ?? -1
      if (neighbour < 0) continue
      targets.push(neighbour)
      weights.push(graph.weights[i] ?? 0)
    }
    offsets[node + 1] = targets.length
  })
  for (const account of component) place[account] = -1
  return {
    nodes,
    offsets,
    targets: Int32Array.from(targets),
    weights: Float64Array.from(weights),
    sizes: new Float64Array(nodes).fill(1),
  }
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
