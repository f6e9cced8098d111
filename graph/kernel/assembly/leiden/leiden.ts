/**
 * Leiden on the Constant Potts Model for one component. graph/communities/leiden-cpm.ts says what is computed and from
 * where; this gives the same labels for less. It differs in what it need not do: a round raises the objective exactly
 * when something moved, so the objective is not compared; and refined communities are connected by construction, so
 * only where a round goes on from communities as they were it looks whether they are.
 */
import { Level } from '../level/level'
import { mark, release } from '../memory/arena'
import { copyValues, fillBytes } from '../memory/table'
import { aggregate } from './aggregate'
import { findPieces, splitByConnection } from './connected-parts'
import { localMove } from './local-move'
import { numberLabels, renumber } from './numbering'
import { refine } from './refine'
import { Scratch } from './scratch'

/** Leaves in `level.labels` the community of each node, named by its node of least rank. */
export function leiden<W>(level: Level<W>, scratch: Scratch, gamma: i32, roundsMax: i32): void {
  for (let node = 0; node < level.nodes; node++) level.labels[node] = node
  for (let round = 0; round < roundsMax; round++) {
    const start = mark()
    const hasMoved = oneRound<W>(level, scratch, gamma)
    release(start)
    if (!hasMoved) break
  }
}

/** Moves, refines and aggregates until no level has anything to move; says whether any had. */
function oneRound<W>(first: Level<W>, scratch: Scratch, gamma: i32): bool {
  const nodeOf = scratch.nodeOf
  for (let node = 0; node < first.nodes; node++) nodeOf[node] = node
  scratch.isSplit = false
  let hasMoved = localMove<W>(first, scratch, gamma)
  let next = nextLevel<W>(first, first.nodes, scratch, gamma)
  if (next) {
    let last = next
    while (next) {
      last = next
      if (localMove<f64>(last, scratch, gamma)) hasMoved = true
      next = nextLevel<f64>(last, first.nodes, scratch, gamma)
    }
    for (let node = 0; node < first.nodes; node++) first.labels[node] = last.labels[nodeOf[node]]
  }
  if (scratch.isSplit) splitByConnection<W>(first, scratch)
  else nameByLeast<W>(first, scratch)
  return hasMoved
}

/** The level above, its nodes labelled by the communities they lie in; none when every node is a community. */
function nextLevel<W>(level: Level<W>, accounts: i32, scratch: Scratch, gamma: i32): Level<f64> | null {
  const nodes = level.nodes
  const labels = level.labels
  const numbers = scratch.numbers
  const communities = numberLabels(labels, level.byRank, nodes, numbers)
  if (communities == nodes) return null
  refine<W>(level, scratch, f64(gamma))
  const partOf = scratch.refined
  let parts = renumber(partOf, nodes, numbers)
  if (parts == nodes) {
    // Where refinement joined nothing, going on from the communities themselves still makes progress.
    if (findPieces<W>(level, scratch) > communities) scratch.isSplit = true
    copyValues<i32>(partOf, labels, nodes)
    parts = renumber(partOf, nodes, numbers)
  }
  const next = aggregate<W>(level, partOf, parts, scratch)
  numberLabels(labels, level.byRank, nodes, numbers)
  for (let node = 0; node < nodes; node++) next.labels[partOf[node]] = next.byRank[numbers[labels[node]]]
  const nodeOf = scratch.nodeOf
  for (let account = 0; account < accounts; account++) nodeOf[account] = partOf[nodeOf[account]]
  return next
}

function nameByLeast<W>(level: Level<W>, scratch: Scratch): void {
  const names = scratch.numbers
  const labels = level.labels
  fillBytes<i32>(names, level.nodes, 0xff)
  for (let rank = 0; rank < level.nodes; rank++) {
    const node = level.byRank[rank]
    const label = labels[node]
    if (names[label] < 0) names[label] = node
    labels[node] = names[label]
  }
}
