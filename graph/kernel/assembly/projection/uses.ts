/** Who uses which identifier and when, in columns as the host has them (graph/projection/uses/uses.ts). */
import { reserve } from '../memory/arena'
import { Table, table } from '../memory/table'
import { figureTooLarge, refuse, usesOutOfOrder } from '../refusal'

@unmanaged
export class Uses {
  accounts: i32
  identifiers: i32
  count: i32
  /** Those of an identifier lie from `starts[identifier]` to `starts[identifier + 1]`, by account ascending. */
  starts: Table<i32>
  account: Table<i32>
  /** Uses from here on are given with their days; `sliced` of them. */
  slicedFrom: i32
  sliced: i32
  /** By use beyond `slicedFrom`, into `days`, which ascend for each; the host gives them as they lie among all days. */
  dayStarts: Table<i32>
  days: Table<i32>
  dayCount: i32
  firstDay: i32
  lastDay: i32
  /** By account, the day of its birth. */
  births: Table<i32>
  /** Whether any use is of something that only hardware showed; by use, the numbers of that hardware. */
  isTold: bool
  throughStarts: Table<i32>
  through: Table<i32>
  throughCount: i32
}

export function emptyUses(accounts: i32, identifiers: i32, count: i32): Uses {
  const uses = changetype<Uses>(reserve(offsetof<Uses>()))
  uses.accounts = accounts
  uses.identifiers = identifiers
  uses.count = count
  uses.starts = table<i32>(identifiers + 1)
  uses.account = table<i32>(count)
  uses.births = table<i32>(accounts)
  uses.slicedFrom = 0
  uses.sliced = 0
  uses.dayCount = 0
  uses.firstDay = 0
  uses.lastDay = 0
  uses.isTold = false
  uses.throughCount = 0
  return uses
}

export function addDays(uses: Uses, from: i32, sliced: i32, days: i32): void {
  uses.slicedFrom = from
  uses.sliced = sliced
  uses.dayCount = days
  uses.dayStarts = table<i32>(sliced + 1)
  uses.days = table<i32>(days)
}

export function addThrough(uses: Uses, through: i32): void {
  uses.isTold = true
  uses.throughCount = through
  uses.throughStarts = table<i32>(uses.count + 1)
  uses.through = table<i32>(through)
}

/** Whether two accounts share hardware through which alone both showed what these uses are of. */
export function isTold(uses: Uses, one: i32, other: i32): bool {
  const endOfOne = uses.throughStarts[one + 1]
  const endOfOther = uses.throughStarts[other + 1]
  for (let i = uses.throughStarts[one]; i < endOfOne; i++)
    for (let j = uses.throughStarts[other]; j < endOfOther; j++)
      if (uses.through[i] == uses.through[j]) return true
  return false
}

/** A table has a place for every day from the first to the last. */
const daysMost: i64 = 1 << 20

/** Refuses what would lead beyond a table. */
export function checkUses(uses: Uses): void {
  checkStarts(uses.starts, uses.identifiers, uses.count)
  checkAccounts(uses.account, uses.count, uses.accounts)
  if (uses.isTold) checkStarts(uses.throughStarts, uses.count, uses.throughCount)
  if (uses.sliced > 0) checkDays(uses)
}

function checkAccounts(account: Table<i32>, count: i32, accounts: i32): void {
  let most: u32 = 0
  for (let use = 0; use < count; use++) most = max(most, u32(account[use]))
  if (count > 0 && most >= u32(accounts)) refuse(usesOutOfOrder)
}

function checkDays(uses: Uses): void {
  if (uses.slicedFrom < 0 || uses.slicedFrom > uses.count - uses.sliced) refuse(usesOutOfOrder)
  beginAtZero(uses.dayStarts, uses.sliced)
  checkStarts(uses.dayStarts, uses.sliced, uses.dayCount)
  const days = uses.days
  const count = uses.dayCount
  let first = i32.MAX_VALUE
  let last = i32.MIN_VALUE
  for (let i = 0; i < count; i++) {
    first = min(first, days[i])
    last = max(last, days[i])
  }
  if (first > last) return
  if (i64(last) - i64(first) >= daysMost) refuse(figureTooLarge)
  uses.firstDay = first
  uses.lastDay = last
}

function beginAtZero(starts: Table<i32>, count: i32): void {
  const begin = starts[0]
  for (let i = 0; i <= count; i++) starts[i] = starts[i] - begin
}

function checkStarts(starts: Table<i32>, count: i32, end: i32): void {
  if (starts[0] != 0 || starts[count] != end) refuse(usesOutOfOrder)
  let descents = 0
  for (let i = 0; i < count; i++) descents += i32(starts[i] > starts[i + 1])
  if (descents > 0) refuse(usesOutOfOrder)
}
