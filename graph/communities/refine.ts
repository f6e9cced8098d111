/** Refinement: each community is taken apart and put together again from parts that hold by themselves. */
import { type Level, type NeighbourSums, neighbourSums } from './level.ts'

/**
 * Labels of the refined communities: each lies inside one community of `labels` and is connected. Every node begins
 * alone. One that is well tied to the rest of its community, w(v, S - v) >= gamma |v| (|S| - |v|), and still alone,
 * joins the refined community that raises the objective most, if that one is as well tied to the rest.
 */
export function refine(
  level: Level,
  labels: Int32Array,
  { order, gammaMicro }: { order: Int32Array; gammaMicro: number },
): Int32Array {
  const { nodes } = level
  const refined = Int32Array.from({ length: nodes }, (_, node) => node)
  const sizes = Float64Array.from(level.sizes)
  const isAlone = new Uint8Array(nodes).fill(1)
  const whole = communitySizes(level, labels)
  // Weight from each refined community to the rest of the community it lies in.
  const outward = outwardWeights(level, labels)
  const isTied = (label: number, size: number, community: number): boolean =>
    (outward[label] ?? 0) >= gammaMicro * size * ((whole[community] ?? 0) - size)

  const sums = neighbourSums(nodes)
  for (const node of order) {
    const community = labels[node] ?? 0
    const size = level.sizes[node] ?? 0
    if (isAlone[node] === 0 || !isTied(node, size, community)) continue
    addInside(level, node, { labels, refined, sums })
    const best = bestJoin(sums, node, {
      gain: (label) => sums.of(label) - gammaMicro * size * (sizes[label] ?? 0),
      mayJoin: (label) => isTied(label, sizes[label] ?? 0, community),
    })
    if (best !== node) {
      refined[node] = best
      outward[best] = (outward[best] ?? 0) + (outward[node] ?? 0) - 2 * sums.of(best)
      sizes[best]! += size
      sizes[node] = 0
      isAlone[best] = 0
    }
    sums.clear()
  }
  return refined
}

/** The community whose joining gains most, ties to the lowest label; the node itself when none gains anything. */
function bestJoin(
  sums: NeighbourSums,
  node: number,
  { gain, mayJoin }: { gain: (label: number) => number; mayJoin: (label: number) => boolean },
): number {
  let best = node
  let bestGain = 0
  for (const label of sums.labels()) {
    const gained = gain(label)
    const isBetter = gained > bestGain || (gained === bestGain && best !== node && label < best)
    if (label !== node && isBetter && mayJoin(label)) {
      best = label
      bestGain = gained
    }
  }
  return best
}

function communitySizes(level: Level, labels: Int32Array): Float64Array {
  const sizes = new Float64Array(level.nodes)
  labels.forEach((label, node) => {
    sizes[label]! += level.sizes[node] ?? 0
  })
  return sizes
}

function outwardWeights({ nodes, offsets, targets, weights }: Level, labels: Int32Array): Float64Array {
  return Float64Array.from({ length: nodes }, (_, node) => {
    let sum = 0
    for (let i = offsets[node] ?? 0; i < (offsets[node + 1] ?? 0); i++) {
      if (labels[targets[i] ?? 0] === labels[node]) sum += weights[i] ?? 0
    }
    return sum
  })
}

/** Sums the node's weights to refined communities inside its own community. */
function addInside(
  { offsets, targets, weights }: Level,
  node: number,
  { labels, refined, sums }: { labels: Int32Array; refined: Int32Array; sums: NeighbourSums },
): void {
  for (let i = offsets[node] ?? 0; i < (offsets[node + 1] ?? 0); i++) {
    const neighbour = targets[i] ?? 0
    if (labels[neighbour] === labels[node]) sums.add(refined[neighbour] ?? 0, weights[i] ?? 0)
  }
}
