/** Joins relations between accounts into their relationships. */
import { type RelationFields, state } from '../../../../cypher/catalogue.ts'
import type { Relation } from '../../../../graph/model.ts'
import { joinRelation } from '../../../../graph/state/join.ts'
import { compareText } from '../../../../graph/state/order.ts'
import type { Run } from '../bolt.ts'
import { hold } from '../hold.ts'
import { relationLabel } from '../labels.ts'
import { refuseLost, relationFields, relationOf } from './rows.ts'

export interface RelationDelta {
  readonly account: string
  readonly relation: Relation
}

export async function joinRelations(run: Run, deltas: readonly RelationDelta[]): Promise<void> {
  const rows = deltas.map(({ account, relation }, n) => ({
    n,
    from: account,
    to: relation.to,
    name: relationLabel(relation.relation),
    type: relation.type,
    ...relationFields(relation),
  }))
  const ends = new Set(rows.flatMap(({ from, to }) => [from, to]))
  await run(state.lockAccounts, { ids: [...ends].toSorted(compareText) })
  const [found] = await run(state.findOrCreateRelations, { rows })
  refuseLost(rows.length, found?.handled)
  const changed: (RelationFields & { id: string })[] = []
  for (const [n, id, firstAt, lastAt, days, recent] of found?.stored ?? []) {
    const added = deltas[n]?.relation
    if (!added) continue
    const before = { firstAt, lastAt, days, recent }
    const after = relationFields(joinRelation(relationOf(added, before), added))
    if (!sameRelation(before, after)) changed.push({ id, ...after })
  }
  await hold(run, 'edges')
  if (changed.length > 0) await run(state.setRelations, { rows: changed })
}

/** Lists only ever grow or move on to newer items. */
const sameRelation = (a: RelationFields, b: RelationFields): boolean =>
  a.firstAt === b.firstAt &&
  a.lastAt === b.lastAt &&
  a.days?.length === b.days?.length &&
  a.recent === b.recent
