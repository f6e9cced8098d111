/** Refinement, as graph/communities/refine.ts has it: communities put together again from parts that hold by themselves. */
import { arcAt, arcBytes, targetOf, weightOf } from '../level/arc'
import { Level } from '../level/level'
import { fillBytes, Table } from '../memory/table'
import { Scratch } from './scratch'
import { tallyOf } from './tally'

/** Leaves in `scratch.refined` the refined community of each node. All sums are doubles: a community's may be large. */
export function refine<W>(level: Level<W>, scratch: Scratch, gamma: f64): void {
  const labels = level.labels
  begin<W>(level, scratch, gamma)
  const refined = scratch.refined
  const isAlone = scratch.isAlone
  const outward = scratch.outward
  const tallies = scratch.tallies
  for (let i = 0; i < level.nodes; i++) {
    const node = level.visits[i]
    const community = labels[node]
    const whole = scratch.whole[community]
    const size = f64(level.sizes[node])
    if (!isAlone[node] || whole == size || outward[node] < gamma * size * (whole - size)) continue
    const touchedCount = tallyInside<W>(level, node, community, labels, scratch)
    let best = node
    let bestGain: f64 = 0
    let bestWeight: f64 = 0
    for (let j = 0; j < touchedCount; j++) {
      const label = scratch.touched[j]
      const tally = tallyOf<f64>(tallies, label)
      const weight = tally.weight
      const gain = weight - size * tally.cost
      tally.weight = 0
      if (label == node || gain < bestGain || gain <= 0) continue
      if (gain == bestGain && level.rankOf[label] > level.rankOf[best]) continue
      if (outward[label] < tally.cost * (whole - tally.cost / gamma)) continue
      best = label
      bestGain = gain
      bestWeight = weight
    }
    if (best == node) continue
    refined[node] = best
    outward[best] = outward[best] + outward[node] - 2 * bestWeight
    tallyOf<f64>(tallies, best).cost += gamma * size
    isAlone[best] = 0
  }
}

/** Every node alone, and how well each is tied to the rest of its community. */
function begin<W>(level: Level<W>, scratch: Scratch, gamma: f64): void {
  const nodes = level.nodes
  const labels = level.labels
  const whole = scratch.whole
  fillBytes<f64>(whole, nodes, 0)
  fillBytes<u8>(scratch.isAlone, nodes, 1)
  for (let node = 0; node < nodes; node++) {
    const size = f64(level.sizes[node])
    whole[labels[node]] = whole[labels[node]] + size
    scratch.refined[node] = node
    const tally = tallyOf<f64>(scratch.tallies, node)
    tally.weight = 0
    tally.cost = gamma * size
  }
  for (let node = 0; node < nodes; node++) {
    const isWhole = whole[labels[node]] == f64(level.sizes[node])
    scratch.outward[node] = isWhole ? 0 : weightInside<W>(level, node, labels)
  }
}

function weightInside<W>(level: Level<W>, node: i32, labels: Table<i32>): f64 {
  const community = labels[node]
  const end = arcAt<W>(level.arcs, level.offsets[node + 1])
  let sum: f64 = 0
  for (let arc = arcAt<W>(level.arcs, level.offsets[node]); arc < end; arc += arcBytes<W>())
    if (labels[targetOf<W>(arc)] == community) sum += f64(weightOf<W>(arc))
  return sum
}

/** Sums the node's weights to refined communities inside its own community. */
function tallyInside<W>(
  level: Level<W>,
  node: i32,
  community: i32,
  labels: Table<i32>,
  scratch: Scratch,
): i32 {
  const touched = scratch.touched
  const end = arcAt<W>(level.arcs, level.offsets[node + 1])
  let count = 0
  for (let arc = arcAt<W>(level.arcs, level.offsets[node]); arc < end; arc += arcBytes<W>()) {
    const target = targetOf<W>(arc)
    if (labels[target] != community) continue
    const label = scratch.refined[target]
    const tally = tallyOf<f64>(scratch.tallies, label)
    touched[count] = label
    count += i32(tally.weight == 0)
    tally.weight += f64(weightOf<W>(arc))
  }
  return count
}
