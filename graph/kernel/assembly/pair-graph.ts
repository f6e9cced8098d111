/** The graph as the host wrote it: see graph/communities/pair-graph.ts. */
import { Table } from './memory/table'

@unmanaged
export class PairGraph {
  accounts: i32
  /** `accounts + 1` long. */
  offsets: Table<i32>
  /** Ascending within a row. */
  targets: Table<i32>
  /** Millionths. */
  weights: Table<i32>
}
