/** Weakly connected components over identifiers that few accounts use: what most platforms begin with. */
import type { BaselineInput, Found } from './baseline.ts'
import { flagAroundKnown } from './flags.ts'
import { componentsOfTable } from './sharing/components.ts'
import { type SharingOptions, tableFor } from './table.ts'

export function wcc({ table }: BaselineInput, options: SharingOptions): Found {
  const communityOf = componentsOfTable(tableFor(table, options), options.usersMax)
  return { communityOf, flagged: flagAroundKnown(table, communityOf) }
}
