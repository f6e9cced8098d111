/**
 * EvilCohort (Stringhini et al. 2015, "Detecting Communities of Malicious Accounts on Online Services"): accounts are
 * joined by what both were accessed from, edges of fewer than `sharedMin` are dropped, and Louvain finds the
 * communities, all of which are acted on. Departures: any identifier counts and not only addresses, and one that
 * more than `usersMax` accounts use is left out, since a carrier's address would join thousands.
 */
import type { BaselineInput, Found } from './baseline.ts'
import { communityMin, flagLarge } from './flags.ts'
import { louvain } from './sharing/louvain.ts'
import { sharedPairs } from './sharing/pairs.ts'

const usersMax = 200

export function evilCohort({ table }: BaselineInput, { sharedMin }: { readonly sharedMin: number }): Found {
  const communityOf = louvain(table.accounts.length, sharedPairs(table, { usersMax, sharedMin }))
  return { communityOf, flagged: flagLarge(communityOf, communityMin) }
}
