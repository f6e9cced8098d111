/** Louvain on the number of identifiers two accounts share, hubs left out. */
import type { BaselineInput, Found } from './baseline.ts'
import { flagAroundKnown } from './flags.ts'
import { louvain } from './sharing/louvain.ts'
import { sharedPairs } from './sharing/pairs.ts'
import { type SharingOptions, tableFor } from './table.ts'

export function sharedCount({ table }: BaselineInput, options: SharingOptions): Found {
  const communityOf = louvain(table.accounts.length, sharedPairs(tableFor(table, options), options))
  return { communityOf, flagged: flagAroundKnown(table, communityOf) }
}
