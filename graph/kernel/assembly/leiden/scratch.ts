/** Tables that every level of every component uses in turn, long enough for the largest. */
import { reserve } from '../memory/arena'
import { Sorter, sorter } from '../memory/sort'
import { Table, table } from '../memory/table'
import { Tally } from './tally'
import { VisitQueue, visitQueue } from './visit-queue'

@unmanaged
export class Scratch {
  /** A tally a label; whoever uses it fills it first. */
  tallies: usize
  /** Labels whose tally is not zero; one place more, because the end is written before it is counted. */
  touched: Table<i32>
  queue: VisitQueue
  /** Labels without a node, the next to be given out last; one place more for that of the node being visited. */
  empty: Table<i32>
  /** Nodes in the order in which refinement visits them. */
  turns: Table<i32>
  refined: Table<i32>
  isAlone: Table<u8>
  /** Accounts of a community. */
  whole: Table<f64>
  /** Weight from a refined community to the rest of the community it lies in; `unknown` until somebody asks. */
  outward: Table<f64>
  /** Numbers given to labels or parts. */
  numbers: Table<i32>
  /** By account of the component, the node of the present level it lies in. */
  nodeOf: Table<i32>
  /** Whether this round went on from a community that is not connected. */
  isSplit: bool
  keys: Table<u64>
  sorter: Sorter
}

export function scratchFor(nodes: i32): Scratch {
  const scratch = changetype<Scratch>(reserve(offsetof<Scratch>()))
  scratch.tallies = reserve(u64(nodes) * offsetof<Tally<f64>>())
  scratch.touched = table<i32>(nodes + 1)
  scratch.queue = visitQueue(nodes)
  scratch.empty = table<i32>(nodes + 1)
  scratch.turns = table<i32>(nodes)
  scratch.refined = table<i32>(nodes)
  scratch.isAlone = table<u8>(nodes)
  scratch.whole = table<f64>(nodes)
  scratch.outward = table<f64>(nodes)
  scratch.numbers = table<i32>(nodes)
  scratch.nodeOf = table<i32>(nodes)
  scratch.keys = table<u64>(nodes)
  scratch.sorter = sorter(nodes)
  return scratch
}
