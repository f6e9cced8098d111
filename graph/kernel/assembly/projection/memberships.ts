/** Entities by account (graph/projection/memberships.ts). */
import { reserve } from '../memory/arena'
import { fillBytes, Table, table } from '../memory/table'
import { Entities } from './entities'

@unmanaged
export class Memberships {
  /** Those of an account lie from `starts[account]` to `starts[account + 1]`, by entity ascending. */
  starts: Table<i32>
  /** Where the account lies among members, and on which entity. */
  places: Table<i32>
  entities: Table<i32>
}

export function membershipsOf(entities: Entities, accounts: i32): Memberships {
  const members = entities.starts[entities.count]
  const found = changetype<Memberships>(reserve(offsetof<Memberships>()))
  found.starts = table<i32>(accounts + 2)
  found.places = table<i32>(members)
  found.entities = table<i32>(members)
  // One place further on than they belong, because filling moves them there.
  const ends = found.starts
  fillBytes<i32>(ends, accounts + 2, 0)
  for (let place = 0; place < members; place++) {
    const account = entities.accounts[place]
    ends[account + 2] = ends[account + 2] + 1
  }
  for (let account = 2; account < accounts + 2; account++) ends[account] = ends[account] + ends[account - 1]
  for (let entity = 0; entity < entities.count; entity++) {
    for (let place = entities.starts[entity]; place < entities.starts[entity + 1]; place++) {
      const account = entities.accounts[place]
      const at = ends[account + 1]
      ends[account + 1] = at + 1
      found.places[at] = place
      found.entities[at] = entity
    }
  }
  return found
}
