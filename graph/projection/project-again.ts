/** Links once the state changed: only rows that may differ are summed again; the same as if all were (docs/decisions/0019). */
import type { ChangedTable } from './change-table.ts'
import { dirtyRows, identifiersOf } from './dirty.ts'
import { entitiesOf, type KindLookup } from './entities.ts'
import type { LinkPairs } from './link-pairs.ts'
import { pairRows, renumberPairs } from './pair-rows.ts'
import { project } from './project.ts'
import type { Publicness } from './publicness.ts'
import { type ReplacedRows, replaceRows } from './replace-rows.ts'

export interface ProjectedAgain extends ReplacedRows {
  /** How many accounts' links were summed. */
  readonly rowsSummed: number
}

export function projectAgain(
  changed: ChangedTable,
  known: LinkPairs,
  {
    kindOf,
    asOf,
    publicness,
  }: { readonly kindOf: KindLookup; readonly asOf: number; readonly publicness: Publicness },
): ProjectedAgain {
  const { table, accountNow } = changed
  const before = pairRows(renumberPairs(known, accountNow), table.facts.length)
  const rows = dirtyRows(changed, { kindOf, asOf, links: before })
  const entities = entitiesOf(table, kindOf, { asOf, among: identifiersOf(table, rows) })
  const found = project(table, entities, { publicness, rows })
  const replaced = replaceRows(known, found, { rows, accountNow, before })
  return { ...replaced, rowsSummed: rows.length }
}
