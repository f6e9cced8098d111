/**
 * Days on which linked accounts used an identifier that others used too (graph/projection/weak/slices.ts), identifier by
 * identifier, then dealt out to the accounts.
 */
import { extend, mark, release, reserve } from '../memory/arena'
import { fillBytes, Table, table } from '../memory/table'
import { Uses } from './uses'

/** What an account holds. */
@unmanaged
export class Held {
  /** Place of the identifier among those that are looked at. */
  place: i32
  day: i32
  use: i32
  /** What sharing it says; micro-nats. */
  evidence: i32
}

@unmanaged
export class HeldDays {
  /** Those of an account lie from `starts[account]` to `starts[account + 1]`, by place and day ascending. */
  starts: Table<i32>
  held: usize
}

/** Identifiers that linked accounts share. */
@unmanaged
export class Shared {
  count: i32
  identifiers: Table<i32>
  /** The most accounts on one of them on one day. */
  togetherMost: i32
  /** By identifier: its row of `worth`. */
  rows: Table<i32>
  /** What a day says by the number of accounts that hold it, up to `togetherMost`; micro-nats. */
  worth: Table<i32>
}

export function heldAt(held: usize, index: i32): Held {
  return changetype<Held>(held + usize(index) * offsetof<Held>())
}

export function findShared(uses: Uses, isLinked: Table<u8>, first: i32, end: i32): Shared {
  const starts = uses.starts
  const account = uses.account
  const shared = changetype<Shared>(reserve(offsetof<Shared>()))
  shared.count = 0
  shared.togetherMost = 0
  shared.identifiers = table<i32>(end - first)
  const counts = noCounts(uses)
  for (let identifier = first; identifier < end; identifier++) {
    const until = starts[identifier + 1]
    let linked = 0
    for (let use = starts[identifier]; use < until && linked < 2; use++) linked += isLinked[account[use]]
    if (linked < 2) continue
    shared.identifiers[shared.count++] = identifier
    const together = countDays(uses, identifier, counts, 1)
    shared.togetherMost = max(shared.togetherMost, together)
    countDays(uses, identifier, counts, -1)
  }
  return shared
}

/** A place for every day. */
function noCounts(uses: Uses): Table<i32> {
  const span = uses.lastDay - uses.firstDay + 1
  const counts = table<i32>(span)
  fillBytes<i32>(counts, span, 0)
  return counts
}

export function heldDays(uses: Uses, isLinked: Table<u8>, shared: Shared): HeldDays {
  const found = changetype<HeldDays>(reserve(offsetof<HeldDays>()))
  // One place further on than they belong, because dealing moves them there.
  found.starts = table<i32>(uses.accounts + 2)
  fillBytes<i32>(found.starts, uses.accounts + 2, 0)
  const counts = noCounts(uses)
  found.held = reserve(0)
  let filled = 0
  for (let place = 0; place < shared.count; place++) {
    countDays(uses, shared.identifiers[place], counts, 1)
    filled = listDays(uses, isLinked, shared, place, counts, found, filled)
    countDays(uses, shared.identifiers[place], counts, -1)
  }
  dealOut(uses, found, filled)
  return found
}

/** Counts who uses an identifier by day, or takes the counts back; the most of any day. */
function countDays(uses: Uses, identifier: i32, counts: Table<i32>, by: i32): i32 {
  const days = uses.days
  const firstDay = uses.firstDay
  const end = uses.dayStarts[uses.starts[identifier + 1] - uses.slicedFrom]
  let most = 0
  for (let i = uses.dayStarts[uses.starts[identifier] - uses.slicedFrom]; i < end; i++) {
    const day = days[i] - firstDay
    const count = counts[day] + by
    counts[day] = count
    most = max(most, count)
  }
  return most
}

/** Adds what linked accounts hold of one identifier; gives the place after the last. */
function listDays(
  uses: Uses,
  isLinked: Table<u8>,
  shared: Shared,
  place: i32,
  counts: Table<i32>,
  found: HeldDays,
  from: i32,
): i32 {
  const identifier = shared.identifiers[place]
  const row = shared.rows[place] * (shared.togetherMost + 1)
  const end = uses.starts[identifier + 1]
  const allDays = uses.days
  const firstDay = uses.firstDay
  const worth = shared.worth
  let filled = from
  for (let use = uses.starts[identifier]; use < end; use++) {
    const account = uses.account[use]
    if (!isLinked[account]) continue
    const days = uses.dayStarts[use - uses.slicedFrom]
    const until = uses.dayStarts[use - uses.slicedFrom + 1]
    extend(u64(until - days) * offsetof<Held>())
    const before = filled
    for (let i = days; i < until; i++) {
      const day = allDays[i]
      const evidence = worth[row + counts[day - firstDay]]
      if (evidence != 0) putHeld(heldAt(found.held, filled++), place, day, use, evidence)
    }
    release(mark() - u64(until - days - (filled - before)) * offsetof<Held>())
    found.starts[account + 2] = found.starts[account + 2] + filled - before
  }
  return filled
}

function putHeld(held: Held, place: i32, day: i32, use: i32, evidence: i32): void {
  held.place = place
  held.day = day
  held.use = use
  held.evidence = evidence
}

/** By account; those of one keep their order. */
function dealOut(uses: Uses, found: HeldDays, count: i32): void {
  const listed = found.held
  const ends = found.starts
  found.held = reserve(u64(count) * offsetof<Held>())
  for (let account = 2; account < uses.accounts + 2; account++)
    ends[account] = ends[account] + ends[account - 1]
  for (let i = 0; i < count; i++) {
    const one = heldAt(listed, i)
    const account = uses.account[one.use]
    const to = ends[account + 1]
    ends[account + 1] = to + 1
    putHeld(heldAt(found.held, to), one.place, one.day, one.use, one.evidence)
  }
}
