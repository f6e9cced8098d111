/** Links by the account they begin at: to later accounts, each with its evidence in micro-nats. */
import { arcAt, arcBytes, putArc, targetOf, weightOf } from '../graph/arc'
import { mark, release, reserve } from '../memory/arena'
import { copyValues, fillBytes, Table, table } from '../memory/table'

@unmanaged
export class Rows {
  accounts: i32
  /** `accounts + 1` long, into `arcs`. */
  starts: Table<i32>
  arcs: usize
}

export function emptyRows(accounts: i32): Rows {
  const rows = changetype<Rows>(reserve(offsetof<Rows>()))
  rows.accounts = accounts
  rows.starts = table<i32>(accounts + 1)
  // Whoever fills them extends what was reserved last.
  rows.arcs = reserve(0)
  return rows
}

/** Sorts every row by the other account: dealt out to the others and back again, in linear time. */
export function sortRows(rows: Rows): void {
  const before = mark()
  const accounts = rows.accounts
  const count = rows.starts[accounts]
  const back = startsByOther(rows)
  const dealt = reserve(u64(count) * arcBytes<i32>())
  const next = table<i32>(accounts + 1)
  copyValues<i32>(next, back, accounts + 1)
  deal(rows.arcs, rows.starts, dealt, next, accounts)
  copyValues<i32>(next, rows.starts, accounts + 1)
  deal(dealt, back, rows.arcs, next, accounts)
  release(before)
}

function startsByOther(rows: Rows): Table<i32> {
  const accounts = rows.accounts
  const starts = table<i32>(accounts + 1)
  fillBytes<i32>(starts, accounts + 1, 0)
  const end = arcAt<i32>(rows.arcs, rows.starts[accounts])
  for (let arc = rows.arcs; arc < end; arc += arcBytes<i32>()) {
    const other = targetOf<i32>(arc)
    starts[other + 1] = starts[other + 1] + 1
  }
  for (let account = 0; account < accounts; account++)
    starts[account + 1] = starts[account + 1] + starts[account]
  return starts
}

/** Every arc from `account` to `other` as one from `other` to `account`; rows dealt out to ascend. */
function deal(from: usize, starts: Table<i32>, to: usize, next: Table<i32>, accounts: i32): void {
  for (let account = 0; account < accounts; account++) {
    const end = arcAt<i32>(from, starts[account + 1])
    for (let arc = arcAt<i32>(from, starts[account]); arc < end; arc += arcBytes<i32>()) {
      const other = targetOf<i32>(arc)
      putArc<i32>(to, next[other], account, weightOf<i32>(arc))
      next[other] = next[other] + 1
    }
  }
}

/** By account, whether it has any link. */
export function markLinked(rows: Rows): Table<u8> {
  const starts = rows.starts
  const isLinked = table<u8>(rows.accounts)
  fillBytes<u8>(isLinked, rows.accounts, 0)
  for (let account = 0; account < rows.accounts; account++)
    if (starts[account] < starts[account + 1]) isLinked[account] = 1
  const end = arcAt<i32>(rows.arcs, starts[rows.accounts])
  for (let arc = rows.arcs; arc < end; arc += arcBytes<i32>()) isLinked[targetOf<i32>(arc)] = 1
  return isLinked
}
