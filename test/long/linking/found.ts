/** Detection a step at a time: links, the communities they make, those joined, and with takeovers. */
import { gammaMicro } from '../../../graph/communities/gamma.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import { partition } from '../../../graph/kernel/partition.ts'
import type { StateStore } from '../../../graph/ports.ts'
import { entitiesOf, type KindLookup } from '../../../graph/projection/entities.ts'
import type { LinkPairs } from '../../../graph/projection/link-pairs.ts'
import { type LinkTable, linkable, readLinkTable } from '../../../graph/projection/link-table.ts'
import { project } from '../../../graph/projection/project.ts'
import { measurePublicness, publicnessOf } from '../../../graph/projection/publicness.ts'
import { type Grouping, groupAccounts, joinLinked } from '../../../graph/rings/group.ts'
import { endOfDay } from '../../../graph/time.ts'

export const kindOf: KindLookup = (name) => shippedKinds.get(name)

export interface Found {
  readonly table: LinkTable
  readonly pairs: LinkPairs
  /** Each by account number. */
  readonly partitioned: Int32Array
  readonly joined: Int32Array
  readonly grouping: Grouping
}

export async function findIn(state: Pick<StateStore, 'scanAccounts' | 'scanIdentifiers'>): Promise<Found> {
  const table = await readLinkTable(state.scanAccounts(), state.scanIdentifiers())
  const asOf = endOfDay(table.newestAt)
  const entities = entitiesOf(linkable(table), kindOf, { asOf })
  const pairs = project(table, entities, {
    publicness: publicnessOf(measurePublicness(entities, linkable(table))),
  })
  const ids = table.facts.ids
  const partitioned = partition(pairs, { gammaMicro, ids })
  return {
    table,
    pairs,
    partitioned,
    joined: joinLinked(table, partitioned, { kindOf }).labels,
    grouping: groupAccounts(table, partitioned, { kindOf, asOf }),
  }
}

/** Accounts of each group of at least so many, by number. */
export const groupsOf = (labels: Int32Array, sizeMin: number): readonly (readonly number[])[] =>
  [...Map.groupBy(labels.keys(), (account) => labels[account])]
    .map(([, accounts]) => accounts)
    .filter(({ length }) => length >= sizeMin)
