/**
 * Leiden (Traag, Waltman & van Eck 2019, "From Louvain to Leiden") on modularity (Newman & Girvan 2004): the
 * reference that differs from ours in nothing but the objective. Departures: refinement is greedy and nodes are
 * visited in order, so that nothing depends on chance; rounds repeat from their own result until nothing rises.
 */
import { namedByLeast } from '../sharing/louvain.ts'
import type { WeightedPairs } from '../sharing/pairs.ts'
import { aggregate, type Level, levelOf, renumber } from './level.ts'
import { localMove } from './local-move.ts'
import { refine } from './refine.ts'

const roundsMax = 10

/**
 * The community of each account, named by its least account; each is connected. `resolution` above 1 makes smaller
 * ones (Reichardt & Bornholdt 2006).
 */
export function leidenModularity(accounts: number, pairs: WeightedPairs, resolution = 1): Int32Array {
  const level = levelOf(accounts, pairs, resolution)
  let labels: Int32Array = Int32Array.from({ length: accounts }, (_, account) => account)
  if (level.total === 0) return labels
  let quality = modularity(level, labels)
  for (let round = 0; round < roundsMax; round += 1) {
    const next = oneRound(level, labels)
    const nextQuality = modularity(level, next)
    if (nextQuality <= quality + 1e-12) break
    labels = next
    quality = nextQuality
  }
  return namedByLeast(accounts, (account) => labels[account])
}

/** Weight inside communities less what chance would put there, of 1. Nodes must hold no loops. */
export function modularity(
  { nodes, offsets, targets, weights, strengths, total }: Level,
  labels: Int32Array,
) {
  const mass = new Map<number, number>()
  let inner = 0
  for (let node = 0; node < nodes; node += 1) {
    const label = labels[node] ?? 0
    mass.set(label, (mass.get(label) ?? 0) + (strengths[node] ?? 0))
    for (let at = offsets[node] ?? 0; at < (offsets[node + 1] ?? 0); at += 1) {
      if (labels[targets[at] ?? 0] === label) inner += weights[at] ?? 0
    }
  }
  return inner / total - mass.values().reduce((sum, own) => sum + (own / total) ** 2, 0)
}

/** Moves, refines and aggregates until no level has anything to move. */
function oneRound(first: Level, start: Int32Array): Int32Array {
  let nodeOf: Int32Array = Int32Array.from({ length: first.nodes }, (_, node) => node)
  let level = first
  let labels = Int32Array.from(start)
  while (true) {
    localMove(level, labels)
    const communities = renumber(labels)
    if (communities.count === level.nodes) break
    const refined = renumber(refine(level, labels))
    // Where refinement joined nothing, going on from the communities themselves still makes progress.
    const parts = refined.count < level.nodes ? refined : communities
    const labelOfPart = new Int32Array(parts.count)
    parts.labels.forEach((part, node) => {
      labelOfPart[part] = communities.labels[node] ?? 0
    })
    nodeOf = nodeOf.map((node) => parts.labels[node] ?? 0)
    level = aggregate(level, parts.labels, parts.count)
    labels = labelOfPart
  }
  return nodeOf.map((node) => labels[node] ?? 0)
}
