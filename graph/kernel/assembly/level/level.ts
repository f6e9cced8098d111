/**
 * The graph that one level of Leiden works on (graph/communities/level.ts), with weights of type `W`: 32-bit whole
 * numbers for a component's accounts where they suffice, doubles that hold whole numbers for everything else.
 *
 * When they suffice: gamma times the size of a community never passes twice the greatest weighted degree d. A node
 * joins a community of s accounts only if its weight to it is gamma s or more, so gamma s <= d. Two communities S and T
 * that become one have w(S,T) >= gamma |S| |T|, so some account of S has gamma |T| or more to T and some of T gamma |S|
 * or more to S: gamma (|S| + |T|) <= 2 d. Below d = 2^30 neither sums nor costs nor their differences pass 32 bits.
 *
 * Nodes lie in memory so that neighbours are near each other; `rankOf` says how the reference numbers them, which
 * decides ties and the order of rows.
 */
import { Components } from '../components/components'
import { arcAt, arcBytes, putArc, targetOf, weightOf } from '../graph/arc'
import { PairGraph } from '../graph/pair-graph'
import { reserve } from '../memory/arena'
import { Sorter, sortByKeys } from '../memory/sort'
import { Table, table } from '../memory/table'

@unmanaged
export class Level<W> {
  nodes: i32
  /** `nodes + 1` long, into `arcs`. */
  offsets: Table<i32>
  /** Rows ascend by rank of their targets. */
  arcs: usize
  /** Accounts in each node. */
  sizes: Table<i32>
  rankOf: Table<i32>
  /** Nodes by rank. */
  byRank: Table<i32>
  /** Nodes in the order in which they are visited. */
  visits: Table<i32>
  /** The community of each node, named by one of the nodes. */
  labels: Table<i32>
}

/** Room for so many nodes; `arcs` and their offsets are for whoever fills it. */
export function emptyLevel<W>(nodes: i32): Level<W> {
  const level = changetype<Level<W>>(reserve(offsetof<Level<W>>()))
  level.nodes = nodes
  level.offsets = table<i32>(nodes + 1)
  level.sizes = table<i32>(nodes)
  level.rankOf = table<i32>(nodes)
  level.byRank = table<i32>(nodes)
  level.visits = table<i32>(nodes)
  level.labels = table<i32>(nodes)
  return level
}

export function reserveArcs<W>(level: Level<W>, arcs: i32): void {
  level.arcs = reserve(u64(arcs) * arcBytes<W>())
}

/** One component, node by account, in an empty level with room for it. */
export function fillLevel<W>(
  level: Level<W>,
  graph: PairGraph,
  components: Components,
  component: i32,
  sorter: Sorter,
  keys: Table<u64>,
): void {
  const start = components.starts[component]
  const nodes = components.starts[component + 1] - start
  level.nodes = nodes
  fillRows<W>(level, graph, components, start)
  for (let node = 0; node < nodes; node++) {
    level.sizes[node] = 1
    level.byRank[node] = node
    keys[node] = u64(components.accounts[start + node]) << 32
  }
  sortByKeys(sorter, level.byRank, keys, nodes)
  for (let rank = 0; rank < nodes; rank++) level.rankOf[level.byRank[rank]] = rank
}

function fillRows<W>(level: Level<W>, graph: PairGraph, components: Components, start: i32): void {
  const nodes = level.nodes
  let filled = 0
  for (let node = 0; node < nodes; node++) {
    level.offsets[node] = filled
    const account = components.accounts[start + node]
    const end = arcAt<i32>(graph.arcs, graph.offsets[account + 1])
    for (let arc = arcAt<i32>(graph.arcs, graph.offsets[account]); arc < end; arc += arcBytes<i32>()) {
      const target = components.placeOf[targetOf<i32>(arc)] - start
      // An edge too light to join components may lead out of this one.
      if (u32(target) >= u32(nodes)) continue
      putArc<W>(level.arcs, filled, target, <W>weightOf<i32>(arc))
      filled += 1
    }
  }
  level.offsets[nodes] = filled
}
