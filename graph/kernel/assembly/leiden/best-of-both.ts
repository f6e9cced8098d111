/** Two partitions made one, region by region the better (graph/communities/best-of-both.ts). */
import { arcAt, arcBytes, targetOf, weightOf } from '../graph/arc'
import { Level } from '../level/level'
import { fillBytes, Table } from '../memory/table'
import { Scratch } from './scratch'

/** Takes over into `best` each region where `level.labels` are better; says whether any was. */
export function takeBetter<W>(level: Level<W>, best: Table<i32>, scratch: Scratch, gamma: i32): bool {
  const other = level.labels
  const regions = scratch.refined
  for (let node = 0; node < level.nodes; node++) regions[node] = node
  for (let node = 0; node < level.nodes; node++) {
    unite(regions, node, best[node])
    unite(regions, node, other[node])
  }
  const gains = scratch.whole
  fillBytes<f64>(gains, level.nodes, 0)
  addQuality<W>(level, best, -1, scratch, gamma)
  addQuality<W>(level, other, 1, scratch, gamma)
  let hasGained = false
  for (let node = 0; node < level.nodes; node++) {
    if (gains[rootOf(regions, node)] <= 0) continue
    best[node] = other[node]
    hasGained = true
  }
  return hasGained
}

/** Adds, `sign` times, twice what each community adds to the objective to the gain of its region. */
function addQuality<W>(level: Level<W>, labels: Table<i32>, sign: f64, scratch: Scratch, gamma: i32): void {
  const sizes = scratch.numbers
  const regions = scratch.refined
  const gains = scratch.whole
  fillBytes<i32>(sizes, level.nodes, 0)
  for (let node = 0; node < level.nodes; node++) {
    const label = labels[node]
    sizes[label] = sizes[label] + 1
    let inner: f64 = 0
    const end = arcAt<W>(level.arcs, level.offsets[node + 1])
    for (let arc = arcAt<W>(level.arcs, level.offsets[node]); arc < end; arc += arcBytes<W>())
      if (labels[targetOf<W>(arc)] == label) inner += f64(weightOf<W>(arc))
    const region = rootOf(regions, node)
    gains[region] = gains[region] + sign * inner
  }
  for (let label = 0; label < level.nodes; label++) {
    const size = f64(sizes[label])
    const region = rootOf(regions, label)
    gains[region] = gains[region] - sign * f64(gamma) * size * (size - 1)
  }
}

function unite(regions: Table<i32>, a: i32, b: i32): void {
  const rootA = rootOf(regions, a)
  const rootB = rootOf(regions, b)
  if (rootA < rootB) regions[rootB] = rootA
  else regions[rootA] = rootB
}

function rootOf(regions: Table<i32>, one: i32): i32 {
  let node = one
  while (regions[node] != node) {
    regions[node] = regions[regions[node]]
    node = regions[node]
  }
  return node
}
