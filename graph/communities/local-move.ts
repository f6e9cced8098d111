/** Local moving: every node goes where it adds most, until none wants to move. */
import { type Level, type NeighbourSums, neighbourSums } from './level.ts'

/**
 * Moves nodes between the communities of `labels`, in place. A node joins the neighbouring community, or an empty
 * one, that raises the objective most; ties go to the lowest label; only a rise moves it. Nodes whose neighbour
 * moved away are visited again. Labels run from 0 to `level.nodes - 1`. Says whether anything moved.
 */
export function localMove(
  level: Level,
  labels: Int32Array,
  { order, gammaMicro }: { order: Int32Array; gammaMicro: number },
): boolean {
  const sizes = new Float64Array(level.nodes)
  labels.forEach((label, node) => {
    sizes[label]! += level.sizes[node] ?? 0
  })
  const empty = emptyLabels(sizes)
  const sums = neighbourSums(level.nodes)
  const queue = nodeQueue(order)
  let hasMoved = false
  for (let node = queue.take(); node >= 0; node = queue.take()) {
    const own = labels[node] ?? 0
    const size = level.sizes[node] ?? 0
    sizes[own]! -= size
    if (sizes[own] === 0) empty.push(own)
    sums.addRow(level, node, labels)
    const best = bestLabel(sums, {
      own,
      free: empty.at(-1) ?? own,
      cost: (label) => gammaMicro * size * (sizes[label] ?? 0),
    })
    sums.clear()
    sizes[best]! += size
    if (best === empty.at(-1)) empty.pop()
    if (best === own) continue
    labels[node] = best
    hasMoved = true
    for (let i = level.offsets[node] ?? 0; i < (level.offsets[node + 1] ?? 0); i++) {
      const neighbour = level.targets[i] ?? 0
      if (labels[neighbour] !== best) queue.put(neighbour)
    }
  }
  return hasMoved
}

function emptyLabels(sizes: Float64Array): number[] {
  const empty: number[] = []
  for (let label = sizes.length - 1; label >= 0; label--) if (sizes[label] === 0) empty.push(label)
  return empty
}

/** The gain of joining a community is its weight to the node less what its size costs; of an empty one, 0. */
function bestLabel(
  sums: NeighbourSums,
  { own, free, cost }: { own: number; free: number; cost: (label: number) => number },
): number {
  let best = own
  let bestGain = sums.of(own) - cost(own)
  for (const label of sums.labels()) {
    const gain = sums.of(label) - cost(label)
    if (gain > bestGain || (gain === bestGain && best !== own && label < best)) {
      best = label
      bestGain = gain
    }
  }
  return bestGain < 0 ? free : best
}

/** First in, first out; a node waits in it once at the most. */
function nodeQueue(order: Int32Array) {
  const ring = Int32Array.from(order)
  const isWaiting = new Uint8Array(order.length).fill(1)
  let head = 0
  let waiting = order.length
  return {
    take(): number {
      if (waiting === 0) return -1
      const node = ring[head] ?? 0
      head = head + 1 === ring.length ? 0 : head + 1
      waiting -= 1
      isWaiting[node] = 0
      return node
    },
    put(node: number): void {
      if (isWaiting[node] === 1) return
      isWaiting[node] = 1
      const tail = head + waiting
      ring[tail >= ring.length ? tail - ring.length : tail] = node
      waiting += 1
    },
  }
}
