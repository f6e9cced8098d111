/** On what an account can be linked: entities by account. */
import { rowsByKey, startsOf } from './columns.ts'
import type { Linking } from './entities.ts'

export interface Memberships {
  /** Those of an account lie from `starts[account]` to `starts[account + 1]`. */
  readonly starts: Int32Array
  /** Where the account lies among those of the entity, in columns of `Linking`. */
  readonly places: Int32Array
  /** By place: its entity. */
  readonly entityAt: Int32Array
}

export function membershipsOf(linking: Linking, accounts: number): Memberships {
  const starts = startsOf(linking.accounts, accounts)
  const entityAt = new Int32Array(linking.accounts.length)
  linking.identifiers.forEach((_, entity) => {
    entityAt.fill(entity, linking.starts[entity], linking.starts[entity + 1])
  })
  return { starts, places: rowsByKey(linking.accounts, starts), entityAt }
}
