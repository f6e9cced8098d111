/**
 * Leiden (Traag, Waltman & van Eck 2019, "From Louvain to Leiden") on the Constant Potts Model, for one component.
 * Departures: refinement is greedy (theta -> 0) and nodes are visited in the order of a hash of their ids, so that
 * nothing depends on chance; it is repeated from its own result until nothing moves; and a community that falls
 * apart is split, which never lowers the objective.
 */
import { aggregate, type Level, renumber } from './level.ts'
import { localMove } from './local-move.ts'
import { cpmQuality } from './quality.ts'
import { refine } from './refine.ts'

/** Rounds over all levels; in practice two or three suffice. */
export const roundsMax = 10

/** Labels of the nodes, numbered from 0; every community is connected. `order` is how nodes are visited. */
export function leidenCpm(
  level: Level,
  { order, gammaMicro }: { order: Int32Array; gammaMicro: number },
): Int32Array {
  let labels: Int32Array = Int32Array.from({ length: level.nodes }, (_, node) => node)
  let quality = cpmQuality(level, labels, gammaMicro)
  for (let round = 0; round < roundsMax; round++) {
    const next = connectedParts(level, oneRound(level, labels, { order, gammaMicro }))
    const nextQuality = cpmQuality(level, next, gammaMicro)
    if (nextQuality <= quality) break
    labels = next
    quality = nextQuality
  }
  return renumber(labels).labels
}

/** Moves, refines and aggregates until no level has anything to move. */
function oneRound(
  first: Level,
  start: Int32Array,
  { order: firstOrder, gammaMicro }: { order: Int32Array; gammaMicro: number },
): Int32Array {
  // The node of the present level that each node of the first lies in.
  let nodeOf: Int32Array = Int32Array.from({ length: first.nodes }, (_, node) => node)
  let level = first
  let order = firstOrder
  let labels = Int32Array.from(start)
  while (true) {
    localMove(level, labels, { order, gammaMicro })
    const communities = renumber(labels)
    if (communities.count === level.nodes) break
    const refined = renumber(refine(level, labels, { order, gammaMicro }))
    // Where refinement joined nothing, going on from the communities themselves still makes progress.
    const parts = refined.count < level.nodes ? refined : communities
    const labelOfPart = new Int32Array(parts.count)
    parts.labels.forEach((part, node) => {
      labelOfPart[part] = communities.labels[node] ?? 0
    })
    nodeOf = nodeOf.map((node) => parts.labels[node] ?? 0)
    order = orderOfParts(order, parts.labels, parts.count)
    level = aggregate(level, parts.labels, parts.count)
    labels = labelOfPart
  }
  return nodeOf.map((node) => labels[node] ?? 0)
}

/** Parts are visited in the order in which their first nodes were. */
function orderOfParts(order: Int32Array, partOf: Int32Array, count: number): Int32Array {
  const seen = new Uint8Array(count)
  const parts: number[] = []
  for (const node of order) {
    const part = partOf[node] ?? 0
    if (seen[part] === 1) continue
    seen[part] = 1
    parts.push(part)
  }
  return Int32Array.from(parts)
}

/** Splits communities into what is connected inside them; labels are those of the least nodes. */
function connectedParts({ nodes, offsets, targets }: Level, labels: Int32Array): Int32Array {
  const parts = new Int32Array(nodes).fill(-1)
  for (let start = 0; start < nodes; start++) {
    if (parts[start] !== -1) continue
    parts[start] = start
    const stack = [start]
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (let i = offsets[node] ?? 0; i < (offsets[node + 1] ?? 0); i++) {
        const neighbour = targets[i] ?? 0
        if (parts[neighbour] !== -1 || labels[neighbour] !== labels[node]) continue
        parts[neighbour] = start
        stack.push(neighbour)
      }
    }
  }
  return parts
}
