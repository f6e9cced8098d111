/** Refinement: each community is taken apart and put together again from parts that hold by themselves. */
import { type Level, type NeighbourSums, neighbourSums } from './level.ts'

/**
 * Labels of the refined communities: each lies inside one community of `labels` and is connected. A node that is
 * still alone and well tied to the rest of its community joins the part that raises modularity most, if that part
 * is as well tied (Traag et al. 2019, algorithm A.2, with theta -> 0).
 */
export function refine(level: Level, labels: Int32Array): Int32Array {
  const refined = Int32Array.from({ length: level.nodes }, (_, node) => node)
  const parts = partsOf(level, labels)
  const sums = neighbourSums(level.nodes)
  for (let node = 0; node < level.nodes; node += 1) {
    if (!parts.isAlone(node) || !parts.isTied(node, labels[node] ?? 0)) continue
    const inside = (neighbour: number): boolean => labels[neighbour] === labels[node]
    sums.addRow(level, node, { labels: refined, among: inside })
    const best = bestPart(node, { sums, parts, community: labels[node] ?? 0 })
    if (best !== node) {
      refined[node] = best
      parts.join(node, best, sums.of(best))
    }
    sums.clear()
  }
  return refined
}

type Parts = ReturnType<typeof partsOf>

/** The part that gains most by the node, or the node itself. */
function bestPart(
  node: number,
  { sums, parts, community }: { sums: NeighbourSums; parts: Parts; community: number },
): number {
  let best = node
  let bestGain = 0
  for (const part of sums.touched) {
    const gain = sums.of(part) - parts.byChance(node, part)
    if (part === node || gain <= bestGain || !parts.isTied(part, community)) continue
    best = part
    bestGain = gain
  }
  return best
}

function partsOf(level: Level, labels: Int32Array) {
  const { nodes, strengths, total } = level
  const mass = Float64Array.from(strengths)
  const alone = new Uint8Array(nodes).fill(1)
  const outward = outwardWeights(level, labels)
  const whole = new Float64Array(nodes)
  labels.forEach((label, node) => {
    whole[label]! += strengths[node] ?? 0
  })
  return {
    isAlone: (node: number): boolean => alone[node] === 1,
    /** Weight that chance would put between the two. */
    byChance: (a: number, b: number): number => ((mass[a] ?? 0) * (mass[b] ?? 0)) / total,
    isTied(part: number, community: number): boolean {
      const own = mass[part] ?? 0
      return (outward[part] ?? 0) >= (own * ((whole[community] ?? 0) - own)) / total
    },
    join(node: number, part: number, between: number): void {
      outward[part]! += (outward[node] ?? 0) - 2 * between
      mass[part]! += mass[node] ?? 0
      mass[node] = 0
      alone[part] = 0
    },
  }
}

/** Weight from each node to the rest of its community. */
function outwardWeights({ nodes, offsets, targets, weights }: Level, labels: Int32Array): Float64Array {
  return Float64Array.from({ length: nodes }, (_, node) => {
    let sum = 0
    for (let at = offsets[node] ?? 0; at < (offsets[node + 1] ?? 0); at += 1) {
      if (labels[targets[at] ?? 0] === labels[node]) sum += weights[at] ?? 0
    }
    return sum
  })
}
