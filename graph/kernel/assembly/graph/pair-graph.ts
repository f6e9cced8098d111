/** The probability graph in rows (graph/communities/pair-graph.ts), each neighbour beside its weight. */
import { reserve } from '../memory/arena'
import { fillBytes, Table, table } from '../memory/table'
import { linksOutOfOrder, refuse, weightOutOfRange } from '../refusal'
import { arcBytes, putArc } from './arc'

/** A probability in millionths. */
export const weightMax = 1_000_000

@unmanaged
export class PairGraph {
  accounts: i32
  /** `accounts + 1` long, into `arcs`. */
  offsets: Table<i32>
  /** Both ends of every edge; targets ascend within a row. */
  arcs: usize
}

/** Edges as the host writes them: `a < b`, ascending by `a` and then by `b`. */
@unmanaged
export class Pairs {
  count: i32
  a: Table<i32>
  b: Table<i32>
  /** Millionths. */
  weight: Table<i32>
}

export function emptyGraph(accounts: i32, edges: i32): PairGraph {
  const graph = changetype<PairGraph>(reserve(offsetof<PairGraph>()))
  graph.accounts = accounts
  graph.offsets = table<i32>(accounts + 1)
  graph.arcs = reserve(u64(edges) * 2 * arcBytes<i32>())
  return graph
}

export function emptyPairs(count: i32): Pairs {
  const pairs = changetype<Pairs>(reserve(offsetof<Pairs>()))
  pairs.count = count
  pairs.a = table<i32>(count)
  pairs.b = table<i32>(count)
  pairs.weight = table<i32>(count)
  return pairs
}

/**
 * Deals edges out to the rows of both ends. Rows come out sorted because edges are: an account meets its lesser
 * neighbours as their `b`, in order, before its greater ones as its own `a`.
 */
export function fillRows(graph: PairGraph, pairs: Pairs): void {
  checkPairs(pairs, graph.accounts)
  const offsets = graph.offsets
  fillBytes<i32>(offsets, graph.accounts + 1, 0)
  for (let i = 0; i < pairs.count; i++) {
    offsets[pairs.a[i]] = offsets[pairs.a[i]] + 1
    offsets[pairs.b[i]] = offsets[pairs.b[i]] + 1
  }
  let filled = 0
  for (let account = 0; account <= graph.accounts; account++) {
    filled += offsets[account]
    offsets[account] = filled
  }
  // From the last edge to the first, so that what ends as the beginning of a row serves as its end meanwhile.
  for (let i = pairs.count - 1; i >= 0; i--) {
    putBefore(graph, pairs.a[i], pairs.b[i], pairs.weight[i])
    putBefore(graph, pairs.b[i], pairs.a[i], pairs.weight[i])
  }
}

function putBefore(graph: PairGraph, from: i32, to: i32, weight: i32): void {
  const place = graph.offsets[from] - 1
  graph.offsets[from] = place
  putArc<i32>(graph.arcs, place, to, weight)
}

function checkPairs(pairs: Pairs, accounts: i32): void {
  let before: i64 = -1
  for (let i = 0; i < pairs.count; i++) {
    const a = pairs.a[i]
    const b = pairs.b[i]
    const place = (i64(a) << 32) | i64(b)
    if (a < 0 || a >= b || b >= accounts || place <= before) refuse(linksOutOfOrder)
    if (u32(pairs.weight[i] - 1) >= u32(weightMax)) refuse(weightOutOfRange)
    before = place
  }
}
