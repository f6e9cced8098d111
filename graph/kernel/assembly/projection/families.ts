/** Of which entities the accounts share other things besides (countRich of graph/projection/publicness.ts). */
import { fillBytes, Table, table } from '../memory/table'
import { Entities } from './entities'
import { Grounds } from './grounds'
import { Memberships } from './memberships'

/** Of two users alone nothing can be told. */
const usersMin = 3

/** Counts for each entity the pairs of its accounts that share an entity of another family. */
export function countRich(
  entities: Entities,
  memberships: Memberships,
  grounds: Grounds,
  accounts: i32,
  rich: Table<i32>,
): void {
  // What the account that is looked at shares with each other: a bit for each family.
  const shared = table<u8>(accounts)
  fillBytes<u8>(shared, accounts, 0)
  fillBytes<i32>(rich, entities.count, 0)
  for (let account = 0; account < accounts; account++) {
    const from = memberships.starts[account]
    const end = memberships.starts[account + 1]
    // Whoever is on one thing shares nothing besides.
    if (end - from < 2) continue
    for (let i = from; i < end; i++) addFamily(entities, memberships, grounds, i, shared)
    for (let i = from; i < end; i++) countBesides(entities, memberships, grounds, i, shared, rich)
    for (let i = from; i < end; i++) forget(entities, memberships, i, shared)
  }
}

function addFamily(
  entities: Entities,
  memberships: Memberships,
  grounds: Grounds,
  membership: i32,
  shared: Table<u8>,
): void {
  const entity = memberships.entities[membership]
  const family = u8(grounds.families[entities.grounds[entity]])
  const end = entities.starts[entity + 1]
  for (let place = memberships.places[membership] + 1; place < end; place++) {
    const other = entities.accounts[place]
    shared[other] = shared[other] | family
  }
}

function countBesides(
  entities: Entities,
  memberships: Memberships,
  grounds: Grounds,
  membership: i32,
  shared: Table<u8>,
  rich: Table<i32>,
): void {
  const entity = memberships.entities[membership]
  const family = u8(grounds.families[entities.grounds[entity]])
  const end = entities.starts[entity + 1]
  // Sign-ups of one day tell of no family.
  if (family == 0 || end - entities.starts[entity] < usersMin) return
  let found = 0
  for (let place = memberships.places[membership] + 1; place < end; place++)
    found += i32((shared[entities.accounts[place]] & ~family) != 0)
  rich[entity] = rich[entity] + found
}

function forget(entities: Entities, memberships: Memberships, membership: i32, shared: Table<u8>): void {
  const end = entities.starts[memberships.entities[membership] + 1]
  for (let place = memberships.places[membership] + 1; place < end; place++)
    shared[entities.accounts[place]] = 0
}
