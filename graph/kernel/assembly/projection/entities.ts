/** What may create links between its accounts: identifiers of two accounts or more that are no hubs, and sign-ups of one day. */
import { reserve } from '../memory/arena'
import { Table, table } from '../memory/table'
import { figureTooLarge, refuse } from '../refusal'
import { Grounds } from './grounds'
import { Uses } from './uses'

@unmanaged
export class Entities {
  count: i32
  /** `count + 1` long; the members of an entity lie from `starts[entity]` to `starts[entity + 1]`, by account ascending. */
  starts: Table<i32>
  identifiers: Table<i32>
  grounds: Table<i32>
  /** By member. */
  uses: Table<i32>
  accounts: Table<i32>
  /** Milliseconds, written by the host as doubles and then made whole numbers in place: those are compared without branches. */
  firstAt: Table<i64>
  lastAt: Table<i64>
}

/** Room for so many members; an entity has two at least. */
export function emptyEntities(members: i32): Entities {
  const entities = changetype<Entities>(reserve(offsetof<Entities>()))
  entities.count = 0
  entities.starts = table<i32>(members / 2 + 1)
  entities.identifiers = table<i32>(members / 2)
  entities.grounds = table<i32>(members / 2)
  entities.uses = table<i32>(members)
  entities.accounts = table<i32>(members)
  entities.firstAt = table<i64>(members)
  entities.lastAt = table<i64>(members)
  entities.starts[0] = 0
  return entities
}

/** How many members identifiers from `first` to `end` have, of those that are entities. */
export function countMembers(uses: Uses, first: i32, end: i32, accountsMax: i32): i32 {
  const starts = uses.starts
  let members = 0
  for (let identifier = first; identifier < end; identifier++) {
    const users = starts[identifier + 1] - starts[identifier]
    if (users >= 2 && users <= accountsMax) members += users
  }
  return members
}

/** Adds them. */
export function addIdentifiers(
  entities: Entities,
  uses: Uses,
  ground: i32,
  first: i32,
  end: i32,
  accountsMax: i32,
): void {
  const starts = uses.starts
  for (let identifier = first; identifier < end; identifier++) {
    const from = starts[identifier]
    const users = starts[identifier + 1] - from
    if (users < 2 || users > accountsMax) continue
    let place = entities.starts[entities.count]
    for (let use = from; use < from + users; use++) putMember(entities, uses, place++, use)
    closeEntity(entities, ground, identifier, place)
  }
}

export function putMember(entities: Entities, uses: Uses, place: i32, use: i32): void {
  entities.uses[place] = use
  entities.accounts[place] = uses.account[use]
}

export function closeEntity(entities: Entities, ground: i32, identifier: i32, end: i32): void {
  const entity = entities.count
  entities.grounds[entity] = ground
  entities.identifiers[entity] = identifier
  entities.starts[entity + 1] = end
  entities.count = entity + 1
}

/** Doubles hold whole numbers to here, with what is between any two. */
const timeMost: f64 = 4_503_599_627_370_496

export function makeTimesWhole(entities: Entities): void {
  const members = entities.starts[entities.count]
  for (let place = 0; place < members; place++) {
    entities.firstAt[place] = wholeTime(reinterpret<f64>(entities.firstAt[place]))
    entities.lastAt[place] = wholeTime(reinterpret<f64>(entities.lastAt[place]))
  }
}

function wholeTime(at: f64): i64 {
  if (!(Math.abs(at) <= timeMost) || f64(i64(at)) != at) refuse(figureTooLarge)
  return i64(at)
}

/** Leaves out those that nobody used lately, where their kind is kept only so long. */
export function dropStale(entities: Entities, grounds: Grounds): void {
  let kept = 0
  let filled = 0
  const count = entities.count
  for (let entity = 0; entity < count; entity++) {
    const start = entities.starts[entity]
    const end = entities.starts[entity + 1]
    entities.starts[kept] = filled
    if (!isFresh(entities, start, end, grounds.oldestAt[entities.grounds[entity]])) continue
    for (let place = start; place < end; place++) moveMember(entities, place, filled++)
    entities.grounds[kept] = entities.grounds[entity]
    entities.identifiers[kept] = entities.identifiers[entity]
    kept += 1
    entities.starts[kept] = filled
  }
  entities.count = kept
}

function isFresh(entities: Entities, start: i32, end: i32, oldestAt: f64): bool {
  for (let place = start; place < end; place++) if (f64(entities.lastAt[place]) >= oldestAt) return true
  return false
}

function moveMember(entities: Entities, from: i32, to: i32): void {
  entities.uses[to] = entities.uses[from]
  entities.accounts[to] = entities.accounts[from]
  entities.firstAt[to] = entities.firstAt[from]
  entities.lastAt[to] = entities.lastAt[from]
}
