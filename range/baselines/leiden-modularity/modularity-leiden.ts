/** Our links, grouped by modularity in place of CPM; whoever is in a group with known fraud is acted on. */
import type { BaselineInput, Found } from '../baseline.ts'
import { flagAroundKnown } from '../flags.ts'
import { leidenModularity } from './leiden.ts'

export function modularityLeiden(
  { table, links }: BaselineInput,
  { resolution }: { readonly resolution: number },
): Found {
  const communityOf = leidenModularity(table.accounts.length, links, resolution)
  return { communityOf, flagged: flagAroundKnown(table, communityOf) }
}
