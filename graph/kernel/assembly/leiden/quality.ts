/** The objective (graph/communities/quality.ts) of labels over single accounts, in millionths, exact. */
import { arcAt, arcBytes, targetOf, weightOf } from '../graph/arc'
import { Level } from '../level/level'
import { fillBytes, Table } from '../memory/table'
import { Scratch } from './scratch'

export function cpmQuality<W>(level: Level<W>, labels: Table<i32>, scratch: Scratch, gamma: i32): f64 {
  const sizes = scratch.numbers
  fillBytes<i32>(sizes, level.nodes, 0)
  let twiceInner: f64 = 0
  for (let node = 0; node < level.nodes; node++) {
    const label = labels[node]
    sizes[label] = sizes[label] + 1
    const end = arcAt<W>(level.arcs, level.offsets[node + 1])
    for (let arc = arcAt<W>(level.arcs, level.offsets[node]); arc < end; arc += arcBytes<W>())
      if (labels[targetOf<W>(arc)] == label) twiceInner += f64(weightOf<W>(arc))
  }
  let pairs: f64 = 0
  for (let label = 0; label < level.nodes; label++) {
    const size = f64(sizes[label])
    pairs += (size * (size - 1)) / 2
  }
  return twiceInner / 2 - f64(gamma) * pairs
}
