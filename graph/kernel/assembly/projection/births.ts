/** (address, day) with every account that was born and seen there on that day. */
import { mark, release } from '../memory/arena'
import { Sorter, sortByKeys, sorter } from '../memory/sort'
import { Table, table } from '../memory/table'
import { closeEntity, Entities, putMember } from './entities'
import { Uses } from './uses'

@unmanaged
export class Births {
  /** Identifiers on which accounts were born that others were born on too, on whatever day. */
  count: i32
  identifiers: Table<i32>
  /** The most accounts that were born on any of them. */
  most: i32
}

/** Looks at identifiers from `first` to `end`; gives how many births there are on those found. */
export function findBirths(births: Births, uses: Uses, first: i32, end: i32): i32 {
  const starts = uses.starts
  births.identifiers = table<i32>(end - first)
  births.count = 0
  births.most = 0
  let found = 0
  for (let identifier = first; identifier < end; identifier++) {
    const from = starts[identifier]
    const until = starts[identifier + 1]
    if (until - from < 2) continue
    let together = 0
    for (let use = from; use < until; use++) together += i32(isBirthplace(uses, use))
    if (together < 2) continue
    births.identifiers[births.count++] = identifier
    births.most = max(births.most, together)
    found += together
  }
  return found
}

/** Whether the account was seen there on the day it was born. */
function isBirthplace(uses: Uses, use: i32): bool {
  const bornOn = uses.births[uses.account[use]]
  const days = uses.days
  const end = uses.dayStarts[use - uses.slicedFrom + 1]
  for (let i = uses.dayStarts[use - uses.slicedFrom]; i < end; i++)
    if (days[i] >= bornOn) return days[i] == bornOn
  return false
}

/** Adds the entities of those found. */
export function addSignups(
  entities: Entities,
  uses: Uses,
  births: Births,
  ground: i32,
  accountsMax: i32,
): void {
  const before = mark()
  const found = table<i32>(births.most)
  const order = table<i32>(births.most)
  const keys = table<u64>(births.most)
  const sorted = sorter(births.most)
  for (let at = 0; at < births.count; at++) {
    const identifier = births.identifiers[at]
    const count = listBirths(uses, identifier, found)
    orderByDay(uses, found, count, order, keys, sorted)
    let from = 0
    for (let i = 1; i <= count; i++) {
      if (i < count && keys[order[i]] == keys[order[from]]) continue
      if (i - from >= 2 && i - from <= accountsMax)
        addSignup(entities, uses, ground, identifier, found, order, from, i)
      from = i
    }
  }
  release(before)
}

function listBirths(uses: Uses, identifier: i32, found: Table<i32>): i32 {
  const end = uses.starts[identifier + 1]
  let count = 0
  for (let use = uses.starts[identifier]; use < end; use++) if (isBirthplace(uses, use)) found[count++] = use
  return count
}

/** Those of one day stay by account. */
function orderByDay(
  uses: Uses,
  found: Table<i32>,
  count: i32,
  order: Table<i32>,
  keys: Table<u64>,
  sorted: Sorter,
): void {
  for (let i = 0; i < count; i++) {
    order[i] = i
    keys[i] = u64(uses.births[uses.account[found[i]]] - uses.firstDay) << 32
  }
  sortByKeys(sorted, order, keys, count)
}

function addSignup(
  entities: Entities,
  uses: Uses,
  ground: i32,
  identifier: i32,
  found: Table<i32>,
  order: Table<i32>,
  from: i32,
  end: i32,
): void {
  let place = entities.starts[entities.count]
  for (let i = from; i < end; i++) putMember(entities, uses, place++, found[order[i]])
  closeEntity(entities, ground, identifier, place)
}
