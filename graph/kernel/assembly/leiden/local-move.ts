/** Local moving, as graph/communities/local-move.ts has it: every node goes where it adds most, until none wants to. */
import { arcAt, arcBytes, targetOf, weightOf } from '../graph/arc'
import { Level } from '../level/level'
import { Table } from '../memory/table'
import { Scratch } from './scratch'
import { tallyOf } from './tally'
import { fillQueue, queueOthers, takeNext } from './visit-queue'

/** Moves nodes between the communities of `level.labels`, in place; says whether any moved. */
export function localMove<W>(level: Level<W>, scratch: Scratch, gamma: i32): bool {
  const labels = level.labels
  const tallies = scratch.tallies
  const empty = scratch.empty
  const queue = scratch.queue
  tallyCosts<W>(level, labels, tallies, gamma)
  let emptyCount = listEmpty<W>(level, tallies, empty)
  fillQueue(queue, level.visits, level.nodes)
  let hasMoved = false
  while (queue.waiting > 0) {
    const node = takeNext(queue)
    const own = labels[node]
    const size = <W>level.sizes[node]
    const cost = <W>gamma * size
    leave<W>(tallies, own, cost)
    if (tallyOf<W>(tallies, own).cost == 0) empty[emptyCount++] = own
    const free = emptyCount > 0 ? empty[emptyCount - 1] : own
    const first = arcAt<W>(level.arcs, level.offsets[node])
    const end = arcAt<W>(level.arcs, level.offsets[node + 1])
    const touchedCount = tallyNeighbours<W>(first, end, labels, scratch)
    const best = bestLabel<W>(level, scratch, touchedCount, own, free, size)
    tallyOf<W>(tallies, best).cost += cost
    if (emptyCount > 0 && best == free) emptyCount -= 1
    if (best == own) continue
    labels[node] = best
    hasMoved = true
    queueOthers<W>(queue, first, end, labels, best)
  }
  return hasMoved
}

function leave<W>(tallies: usize, label: i32, cost: W): void {
  tallyOf<W>(tallies, label).cost -= cost
}

function tallyCosts<W>(level: Level<W>, labels: Table<i32>, tallies: usize, gamma: i32): void {
  for (let label = 0; label < level.nodes; label++) {
    const tally = tallyOf<W>(tallies, label)
    tally.weight = 0
    tally.cost = 0
  }
  for (let node = 0; node < level.nodes; node++)
    tallyOf<W>(tallies, labels[node]).cost += <W>gamma * <W>level.sizes[node]
}

/** The label of least rank is given out first. */
function listEmpty<W>(level: Level<W>, tallies: usize, empty: Table<i32>): i32 {
  let count = 0
  for (let rank = level.nodes - 1; rank >= 0; rank--) {
    const label = level.byRank[rank]
    if (tallyOf<W>(tallies, label).cost == 0) empty[count++] = label
  }
  return count
}

/** Adds each weight to its target's label. Weights are positive, so a label is new while its tally is zero. */
function tallyNeighbours<W>(first: usize, end: usize, labels: Table<i32>, scratch: Scratch): i32 {
  const tallies = scratch.tallies
  const touched = scratch.touched
  let count = 0
  for (let arc = first; arc < end; arc += arcBytes<W>()) {
    const label = labels[targetOf<W>(arc)]
    const tally = tallyOf<W>(tallies, label)
    touched[count] = label
    count += i32(tally.weight == 0)
    tally.weight += weightOf<W>(arc)
  }
  return count
}

/** The label that gains most, ties to the least rank but first to the node's own; clears what was tallied. */
function bestLabel<W>(
  level: Level<W>,
  scratch: Scratch,
  touchedCount: i32,
  own: i32,
  free: i32,
  size: W,
): i32 {
  const tallies = scratch.tallies
  const ownTally = tallyOf<W>(tallies, own)
  let best = own
  let bestGain = ownTally.weight - size * ownTally.cost
  for (let i = 0; i < touchedCount; i++) {
    const label = scratch.touched[i]
    const tally = tallyOf<W>(tallies, label)
    const gain = tally.weight - size * tally.cost
    tally.weight = 0
    if (gain < bestGain) continue
    if (gain == bestGain && (best == own || level.rankOf[label] > level.rankOf[best])) continue
    best = label
    bestGain = gain
  }
  return bestGain < 0 ? free : best
}
