/** Splits communities into what is connected inside them, each named by its node of least rank. */
import { arcAt, arcBytes, targetOf } from '../level/arc'
import { Level } from '../level/level'
import { copyValues, fillBytes } from '../memory/table'
import { Scratch } from './scratch'

export function splitByConnection<W>(level: Level<W>, scratch: Scratch): void {
  const labels = level.labels
  const parts = scratch.refined
  const reached = scratch.empty
  fillBytes<i32>(parts, level.nodes, 0xff)
  for (let rank = 0; rank < level.nodes; rank++) {
    const first = level.byRank[rank]
    if (parts[first] >= 0) continue
    parts[first] = first
    reached[0] = first
    let count = 1
    for (let i = 0; i < count; i++) {
      const node = reached[i]
      const end = arcAt<W>(level.arcs, level.offsets[node + 1])
      for (let arc = arcAt<W>(level.arcs, level.offsets[node]); arc < end; arc += arcBytes<W>()) {
        const target = targetOf<W>(arc)
        if (parts[target] >= 0 || labels[target] != labels[node]) continue
        parts[target] = first
        reached[count++] = target
      }
    }
  }
  copyValues<i32>(labels, parts, level.nodes)
}
