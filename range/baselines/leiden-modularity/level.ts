/** The weighted graph that one level of Leiden works on: nodes are accounts at first, then whole communities. */
import type { WeightedPairs } from '../sharing/pairs.ts'

export interface Level {
  readonly nodes: number
  /** Row of node `v`: `offsets[v]` to `offsets[v + 1]`. No loops; both ends of an edge have it. */
  readonly offsets: Int32Array
  readonly targets: Int32Array
  readonly weights: Float64Array
  /** Weight of all edges at a node, those inside it twice, times the root of the resolution. */
  readonly strengths: Float64Array
  /** Twice the weight of all edges, 2m. */
  readonly total: number
}

/** What chance puts between two nodes is the product of their strengths, so each carries the root of the resolution. */
export function levelOf(nodes: number, { a, b, weight }: WeightedPairs, resolution = 1): Level {
  const offsets = new Int32Array(nodes + 1)
  for (const end of [a, b]) for (const node of end) offsets[node + 1] = (offsets[node + 1] ?? 0) + 1
  for (let node = 0; node < nodes; node += 1)
    offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0)
  const next = offsets.slice(0, -1)
  const targets = new Int32Array(a.length * 2)
  const weights = new Float64Array(a.length * 2)
  const strengths = new Float64Array(nodes)
  const put = (from: number, to: number, w: number): void => {
    const place = next[from] ?? 0
    next[from] = place + 1
    targets[place] = to
    weights[place] = w
    strengths[from] = (strengths[from] ?? 0) + w
  }
  a.forEach((node, at) => {
    const [other, w] = [b[at] ?? node, weight[at] ?? 0]
    put(node, other, w)
    put(other, node, w)
  })
  const total = strengths.reduce((sum, w) => sum + w, 0)
  return {
    nodes,
    offsets,
    targets,
    weights,
    strengths: strengths.map((w) => w * Math.sqrt(resolution)),
    total,
  }
}

/** Communities become nodes; `labels` are numbered 0 to `count - 1`. */
export function aggregate(level: Level, labels: Int32Array, count: number): Level {
  const members: number[][] = Array.from({ length: count }, () => [])
  labels.forEach((label, node) => members[label]?.push(node))
  const sums = neighbourSums(count)
  const strengths = new Float64Array(count)
  const offsets = new Int32Array(count + 1)
  const [targets, weights]: [number[], number[]] = [[], []]
  members.forEach((nodes, label) => {
    for (const node of nodes) {
      strengths[label] = (strengths[label] ?? 0) + (level.strengths[node] ?? 0)
      sums.addRow(level, node, { labels })
    }
    for (const other of sums.touched) {
      if (other === label) continue
      targets.push(other)
      weights.push(sums.of(other))
    }
    sums.clear()
    offsets[label + 1] = targets.length
  })
  return {
    nodes: count,
    offsets,
    targets: Int32Array.from(targets),
    weights: Float64Array.from(weights),
    strengths,
    total: level.total,
  }
}

export interface RowOptions {
  readonly labels: Int32Array
  /** Which neighbours count. */
  readonly among?: (neighbour: number) => boolean
}

/** Weights from one node to the communities beside it. */
export interface NeighbourSums {
  readonly touched: readonly number[]
  addRow(level: Level, node: number, options: RowOptions): void
  of(label: number): number
  clear(): void
}

export function neighbourSums(count: number): NeighbourSums {
  const sums = new Float64Array(count)
  const isTouched = new Uint8Array(count)
  const touched: number[] = []
  return {
    touched,
    addRow({ offsets, targets, weights }, node, { labels, among = () => true }) {
      for (let at = offsets[node] ?? 0; at < (offsets[node + 1] ?? 0); at += 1) {
        const neighbour = targets[at] ?? 0
        if (!among(neighbour)) continue
        const label = labels[neighbour] ?? 0
        if (isTouched[label] === 0) {
          isTouched[label] = 1
          touched.push(label)
        }
        sums[label] = (sums[label] ?? 0) + (weights[at] ?? 0)
      }
    },
    of: (label) => sums[label] ?? 0,
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
    const number = numbers.get(label) ?? numbers.size
    numbers.set(label, number)
    return number
  })
  return { labels: renumbered, count: numbers.size }
}
