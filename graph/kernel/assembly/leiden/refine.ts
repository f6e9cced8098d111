/** Refinement, as graph/communities/refine.ts has it: communities put together again from parts that hold by themselves. */
import { arcAt, arcBytes, targetOf, weightOf } from '../graph/arc'
import { Level } from '../level/level'
import { fillBytes, Table } from '../memory/table'
import { Scratch } from './scratch'
import { tallyOf } from './tally'

/** Leaves in `scratch.refined` the refined community of each node. All sums are doubles: a community's may be large. */
export function refine<W>(level: Level<W>, scratch: Scratch, gamma: f64): void {
  begin<W>(level, scratch, gamma)
  const turns = scratch.turns
  dealVisits<W>(level, turns, scratch.numbers)
  for (let i = 0; i < level.nodes; i++) {
    const node = turns[i]
    const whole = scratch.whole[level.labels[node]]
    const size = f64(level.sizes[node])
    if (!scratch.isAlone[node] || whole == size) continue
    const touchedCount = tallyInside<W>(level, node, scratch)
    const tied = sumOfTouched(scratch, touchedCount)
    scratch.outward[node] = tied
    const mayMove = tied >= gamma * size * (whole - size)
    const best = mayMove ? bestJoin<W>(level, node, whole, touchedCount, scratch, gamma) : node
    if (best != node) join(scratch, node, best, size, gamma)
    for (let j = 0; j < touchedCount; j++) tallyOf<f64>(scratch.tallies, scratch.touched[j]).weight = 0
  }
}

/**
 * Communities do not touch each other here, so one is refined after the other, its nodes in the order of visits: what
 * one community needs stays near.
 */
function dealVisits<W>(level: Level<W>, turns: Table<i32>, places: Table<i32>): void {
  fillBytes<i32>(places, level.nodes, 0)
  for (let node = 0; node < level.nodes; node++) places[level.labels[node]] = places[level.labels[node]] + 1
  let place = 0
  for (let label = 0; label < level.nodes; label++) {
    const count = places[label]
    places[label] = place
    place += count
  }
  for (let i = 0; i < level.nodes; i++) {
    const node = level.visits[i]
    const label = level.labels[node]
    turns[places[label]] = node
    places[label] = places[label] + 1
  }
}

const unknown: f64 = -1

/** Every node alone. */
function begin<W>(level: Level<W>, scratch: Scratch, gamma: f64): void {
  const whole = scratch.whole
  fillBytes<f64>(whole, level.nodes, 0)
  fillBytes<u8>(scratch.isAlone, level.nodes, 1)
  for (let node = 0; node < level.nodes; node++) {
    const size = f64(level.sizes[node])
    whole[level.labels[node]] = whole[level.labels[node]] + size
    scratch.refined[node] = node
    scratch.outward[node] = unknown
    const tally = tallyOf<f64>(scratch.tallies, node)
    tally.weight = 0
    tally.cost = gamma * size
  }
}

/** Sums the node's weights to refined communities inside its own community. */
function tallyInside<W>(level: Level<W>, node: i32, scratch: Scratch): i32 {
  const labels = level.labels
  const community = labels[node]
  const refined = scratch.refined
  const tallies = scratch.tallies
  const touched = scratch.touched
  const end = arcAt<W>(level.arcs, level.offsets[node + 1])
  let count = 0
  for (let arc = arcAt<W>(level.arcs, level.offsets[node]); arc < end; arc += arcBytes<W>()) {
    const target = targetOf<W>(arc)
    if (labels[target] != community) continue
    const label = refined[target]
    const tally = tallyOf<f64>(tallies, label)
    touched[count] = label
    count += i32(tally.weight == 0)
    tally.weight += f64(weightOf<W>(arc))
  }
  return count
}

/** Of a node that is alone, this is its weight to the rest of its community. */
function sumOfTouched(scratch: Scratch, touchedCount: i32): f64 {
  let sum: f64 = 0
  for (let i = 0; i < touchedCount; i++) sum += tallyOf<f64>(scratch.tallies, scratch.touched[i]).weight
  return sum
}

/** The community whose joining gains most, ties to the least rank; the node itself when none gains anything. */
function bestJoin<W>(
  level: Level<W>,
  node: i32,
  whole: f64,
  touchedCount: i32,
  scratch: Scratch,
  gamma: f64,
): i32 {
  const size = f64(level.sizes[node])
  let best = node
  let bestGain: f64 = 0
  for (let i = 0; i < touchedCount; i++) {
    const label = scratch.touched[i]
    const tally = tallyOf<f64>(scratch.tallies, label)
    const gain = tally.weight - size * tally.cost
    if (gain < bestGain || gain <= 0) continue
    if (gain == bestGain && level.rankOf[label] > level.rankOf[best]) continue
    const outward = outwardOf<W>(level, label, scratch)
    if (outward < tally.cost * (whole - tally.cost / gamma)) continue
    best = label
    bestGain = gain
  }
  return best
}

/** Sums of communities of several nodes are kept, that of a single one is made when it is asked for first. */
function outwardOf<W>(level: Level<W>, label: i32, scratch: Scratch): f64 {
  const known = scratch.outward[label]
  if (known != unknown) return known
  const labels = level.labels
  const community = labels[label]
  const end = arcAt<W>(level.arcs, level.offsets[label + 1])
  let sum: f64 = 0
  for (let arc = arcAt<W>(level.arcs, level.offsets[label]); arc < end; arc += arcBytes<W>())
    if (labels[targetOf<W>(arc)] == community) sum += f64(weightOf<W>(arc))
  scratch.outward[label] = sum
  return sum
}

function join(scratch: Scratch, node: i32, best: i32, size: f64, gamma: f64): void {
  const tally = tallyOf<f64>(scratch.tallies, best)
  scratch.refined[node] = best
  scratch.outward[best] = scratch.outward[best] + scratch.outward[node] - 2 * tally.weight
  tally.cost += gamma * size
  scratch.isAlone[best] = 0
}
