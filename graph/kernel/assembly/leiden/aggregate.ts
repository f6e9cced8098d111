/** The next level: the parts that this one's nodes fall into become its nodes (graph/communities/level.ts, aggregate). */
import { Arc, arcAt, arcBytes, putArc, targetOf, weightOf } from '../graph/arc'
import { emptyLevel, Level, reserveArcs } from '../level/level'
import { extend, reserve } from '../memory/arena'
import { copyValues, fillBytes, Table, table } from '../memory/table'
import { firstSeen } from './numbering'
import { Scratch } from './scratch'
import { tallyOf } from './tally'

/** `partOf` has a number for each node, 0 to `parts - 1`; edges inside a part are dropped. Labels are left to the caller. */
export function aggregate<W>(level: Level<W>, partOf: Table<i32>, parts: i32, scratch: Scratch): Level<f64> {
  const next = emptyLevel<f64>(parts)
  firstSeen(partOf, level.byRank, level.nodes, next.byRank, scratch.numbers)
  firstSeen(partOf, level.visits, level.nodes, next.visits, scratch.numbers)
  for (let rank = 0; rank < parts; rank++) next.rankOf[next.byRank[rank]] = rank
  const loose = looseArcs<W>(level, partOf, next, scratch)
  sortRows(next, loose, scratch.numbers)
  return next
}

/** Arcs between parts, row by row, each row in the order in which its arcs were met. Fills sizes and offsets of `next`. */
function looseArcs<W>(level: Level<W>, partOf: Table<i32>, next: Level<f64>, scratch: Scratch): usize {
  const members = table<i32>(level.nodes)
  const starts = table<i32>(next.nodes + 1)
  dealOut(partOf, level.nodes, next.nodes, members, starts)
  for (let part = 0; part < next.nodes; part++) tallyOf<f64>(scratch.tallies, part).weight = 0
  const loose = reserve(0)
  let filled = 0
  for (let part = 0; part < next.nodes; part++) {
    let size = 0
    let count = 0
    for (let i = starts[part]; i < starts[part + 1]; i++) {
      size += level.sizes[members[i]]
      count = tallyOutside<W>(level, members[i], part, partOf, scratch, count)
    }
    next.sizes[part] = size
    next.offsets[part] = filled
    extend(u64(count) * arcBytes<f64>())
    for (let i = 0; i < count; i++) {
      const other = scratch.touched[i]
      const tally = tallyOf<f64>(scratch.tallies, other)
      putArc<f64>(loose, filled++, other, tally.weight)
      tally.weight = 0
    }
  }
  next.offsets[next.nodes] = filled
  return loose
}

/** Nodes part by part (a counting sort). */
function dealOut(partOf: Table<i32>, nodes: i32, parts: i32, members: Table<i32>, starts: Table<i32>): void {
  fillBytes<i32>(starts, parts + 1, 0)
  for (let node = 0; node < nodes; node++) starts[partOf[node]] = starts[partOf[node]] + 1
  for (let part = 1; part <= parts; part++) starts[part] = starts[part] + starts[part - 1]
  for (let node = nodes - 1; node >= 0; node--) {
    const place = starts[partOf[node]] - 1
    members[place] = node
    starts[partOf[node]] = place
  }
}

/** Adds a node's weights to the parts of its targets; `count` parts were touched before. */
function tallyOutside<W>(
  level: Level<W>,
  node: i32,
  part: i32,
  partOf: Table<i32>,
  scratch: Scratch,
  count: i32,
): i32 {
  const touched = scratch.touched
  const end = arcAt<W>(level.arcs, level.offsets[node + 1])
  let touchedCount = count
  for (let arc = arcAt<W>(level.arcs, level.offsets[node]); arc < end; arc += arcBytes<W>()) {
    const other = partOf[targetOf<W>(arc)]
    if (other == part) continue
    const tally = tallyOf<f64>(scratch.tallies, other)
    touched[touchedCount] = other
    touchedCount += i32(tally.weight == 0)
    tally.weight += f64(weightOf<W>(arc))
  }
  return touchedCount
}

/** Transposing a graph that equals its transpose sorts every row, in linear time; by rank, since rows are read by rank. */
function sortRows(level: Level<f64>, loose: usize, ends: Table<i32>): void {
  reserveArcs<f64>(level, level.offsets[level.nodes])
  copyValues<i32>(ends, level.offsets, level.nodes)
  for (let rank = 0; rank < level.nodes; rank++) {
    const node = level.byRank[rank]
    for (let i = level.offsets[node]; i < level.offsets[node + 1]; i++) {
      const arc = changetype<Arc<f64>>(arcAt<f64>(loose, i))
      const target = arc.target
      putArc<f64>(level.arcs, ends[target], node, arc.weight)
      ends[target] = ends[target] + 1
    }
  }
}
