/** Links as columns for the host, with their probability in millionths (graph/evidence/weight.ts). */
import { arcAt, arcBytes, targetOf, weightOf } from '../graph/arc'
import { weightMax } from '../graph/pair-graph'
import { reserve } from '../memory/arena'
import { Table, table } from '../memory/table'
import { nearest } from './fade'
import { Rows } from './rows'

/** From so much evidence on a link is certain, to the millionth. */
export const certainMicroNats: i32 = 15_000_000
const coarseBits = 10

/** What is left of doubt, e^-x, at every 1,024th micro-nat and at each of the first 1,024. */
@unmanaged
export class Doubt {
  coarse: Table<f64>
  fine: Table<f64>
}

export function emptyDoubt(): Doubt {
  const doubt = changetype<Doubt>(reserve(offsetof<Doubt>()))
  doubt.coarse = table<f64>((certainMicroNats >> coarseBits) + 1)
  doubt.fine = table<f64>(1 << coarseBits)
  return doubt
}

@unmanaged
export class Columns {
  a: Table<i32>
  b: Table<i32>
  /** Micro-nats. */
  evidence: Table<i32>
  weight: Table<i32>
}

export function columnsOf(rows: Rows, doubt: Doubt): Columns {
  const columns = changetype<Columns>(reserve(offsetof<Columns>()))
  const count = rows.starts[rows.accounts]
  columns.a = table<i32>(count)
  columns.b = table<i32>(count)
  columns.evidence = table<i32>(count)
  columns.weight = table<i32>(count)
  let link = 0
  for (let account = 0; account < rows.accounts; account++) {
    const end = arcAt<i32>(rows.arcs, rows.starts[account + 1])
    for (let arc = arcAt<i32>(rows.arcs, rows.starts[account]); arc < end; arc += arcBytes<i32>()) {
      const evidence = weightOf<i32>(arc)
      columns.a[link] = account
      columns.b[link] = targetOf<i32>(arc)
      columns.evidence[link] = evidence
      columns.weight[link] = millionths(doubt, evidence)
      link += 1
    }
  }
  return columns
}

function millionths(doubt: Doubt, evidence: i32): i32 {
  if (evidence >= certainMicroNats) return weightMax
  const left = doubt.coarse[evidence >> coarseBits] * doubt.fine[evidence & ((1 << coarseBits) - 1)]
  return nearest((1 - left) * weightMax)
}
