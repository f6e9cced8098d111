/** (address, day) with every account that was born and seen there on that day. */
import { mark, release } from '../memory/arena'
import { Sorter, sortByKeys, sorter } from '../memory/sort'
import { Table, table } from '../memory/table'
import { closeEntity, Entities, putMember } from './entities'
import { Uses } from './uses'

/** Of uses with days, those of an account at its birthplace: a mark by use, and how many of one identifier there are at most. */
@unmanaged
export class Births {
  isOne: Table<u8>
  together: i32
}

/** How many there are among identifiers from `first` to `end` that others use too. */
export function findBirths(births: Births, uses: Uses, first: i32, end: i32): i32 {
  births.isOne = table<u8>(uses.sliced)
  births.together = 0
  let found = 0
  for (let identifier = first; identifier < end; identifier++) {
    const from = uses.starts[identifier] - uses.slicedFrom
    const until = uses.starts[identifier + 1] - uses.slicedFrom
    if (until - from < 2) continue
    let together = 0
    for (let use = from; use < until; use++) {
      const isOne = isBirthplace(uses, use)
      births.isOne[use] = u8(isOne)
      together += i32(isOne)
    }
    found += together
    births.together = max(births.together, together)
  }
  return found
}

/** `use` counts from the first with days. */
function isBirthplace(uses: Uses, use: i32): bool {
  const bornOn = uses.births[uses.account[uses.slicedFrom + use]]
  const end = uses.dayStarts[use + 1]
  for (let i = uses.dayStarts[use]; i < end; i++) if (uses.days[i] == bornOn) return true
  return false
}

/** Adds the entities of those found. */
export function addSignups(
  entities: Entities,
  uses: Uses,
  births: Births,
  ground: i32,
  first: i32,
  end: i32,
  accountsMax: i32,
): void {
  const before = mark()
  const found = table<i32>(births.together)
  const order = table<i32>(births.together)
  const keys = table<u64>(births.together)
  const sorted = sorter(births.together)
  for (let identifier = first; identifier < end; identifier++) {
    const count = listBirths(uses, births, identifier, found)
    if (count < 2) continue
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

function listBirths(uses: Uses, births: Births, identifier: i32, found: Table<i32>): i32 {
  const from = uses.starts[identifier]
  const end = uses.starts[identifier + 1]
  if (end - from < 2) return 0
  let count = 0
  for (let use = from; use < end; use++) if (births.isOne[use - uses.slicedFrom]) found[count++] = use
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
