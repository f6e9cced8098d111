/** What is connected inside communities. */
import { arcAt, arcBytes, targetOf } from '../graph/arc'
import { Level } from '../level/level'
import { copyValues, fillBytes } from '../memory/table'
import { Scratch } from './scratch'

/** Splits communities into their connected pieces, each named by its node of least rank. */
export function splitByConnection<W>(level: Level<W>, scratch: Scratch): void {
  findPieces<W>(level, scratch)
  copyValues<i32>(level.labels, scratch.refined, level.nodes)
}

/** Leaves in `scratch.refined` the piece of each node; how many pieces there are. */
export function findPieces<W>(level: Level<W>, scratch: Scratch): i32 {
  const labels = level.labels
  const pieces = scratch.refined
  const reached = scratch.empty
  fillBytes<i32>(pieces, level.nodes, 0xff)
  let found = 0
  for (let rank = 0; rank < level.nodes; rank++) {
    const first = level.byRank[rank]
    if (pieces[first] >= 0) continue
    found += 1
    pieces[first] = first
    reached[0] = first
    let count = 1
    for (let i = 0; i < count; i++) {
      const node = reached[i]
      const end = arcAt<W>(level.arcs, level.offsets[node + 1])
      for (let arc = arcAt<W>(level.arcs, level.offsets[node]); arc < end; arc += arcBytes<W>()) {
        const target = targetOf<W>(arc)
        if (pieces[target] >= 0 || labels[target] != labels[node]) continue
        pieces[target] = first
        reached[count++] = target
      }
    }
  }
  return found
}
