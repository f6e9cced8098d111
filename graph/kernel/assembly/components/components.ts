/**
 * Components over the edges heavier than gamma (why that is exact: graph/communities/components.ts). Each has its
 * accounts breadth first from the least, so that those who are linked lie near each other in memory from here on.
 */
import { arcAt, arcBytes, targetOf, weightOf } from '../graph/arc'
import { PairGraph } from '../graph/pair-graph'
import { reserve } from '../memory/arena'
import { fillBytes, Table, table } from '../memory/table'

@unmanaged
export class Components {
  count: i32
  /** `count + 1` long; the accounts of component `c` are `accounts[starts[c]]` to `accounts[starts[c + 1] - 1]`. */
  starts: Table<i32>
  accounts: Table<i32>
  /** By account, where it stands in `accounts`. */
  placeOf: Table<i32>
}

export function componentsAbove(graph: PairGraph, gamma: i32): Components {
  const found = changetype<Components>(reserve(offsetof<Components>()))
  found.starts = table<i32>(graph.accounts + 1)
  found.accounts = table<i32>(graph.accounts)
  found.placeOf = table<i32>(graph.accounts)
  found.count = 0
  fillBytes<i32>(found.placeOf, graph.accounts, 0xff)
  let filled = 0
  for (let account = 0; account < graph.accounts; account++) {
    if (found.placeOf[account] >= 0) continue
    found.starts[found.count] = filled
    found.count += 1
    filled = reach(found, graph, account, filled, gamma)
  }
  found.starts[found.count] = filled
  return found
}

/** Lists all that links above gamma reach from `first`; gives the place after the last. */
function reach(found: Components, graph: PairGraph, first: i32, start: i32, gamma: i32): i32 {
  const accounts = found.accounts
  const placeOf = found.placeOf
  accounts[start] = first
  placeOf[first] = start
  let filled = start + 1
  for (let place = start; place < filled; place++) {
    const account = accounts[place]
    const end = arcAt<i32>(graph.arcs, graph.offsets[account + 1])
    for (let arc = arcAt<i32>(graph.arcs, graph.offsets[account]); arc < end; arc += arcBytes<i32>()) {
      const target = targetOf<i32>(arc)
      if (weightOf<i32>(arc) <= gamma || placeOf[target] >= 0) continue
      placeOf[target] = filled
      accounts[filled] = target
      filled += 1
    }
  }
  return filled
}
