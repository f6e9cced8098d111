/** Joins uses of identifiers by accounts into their relationships. */
import {
  type AddedUseList,
  type ChangedUseList,
  state,
  type UseFields,
} from '../../../../cypher/catalogue.ts'
import type { Use } from '../../../../graph/model.ts'
import { joinUse } from '../../../../graph/state/join.ts'
import { compareText } from '../../../../graph/state/order.ts'
import type { Run } from '../bolt.ts'
import { hold } from '../hold.ts'
import { keyOf } from '../labels.ts'
import { refuseLost, useFields, useOf } from './rows.ts'

export interface UseDelta {
  /** Numbers of their nodes in the store. */
  readonly account: number
  readonly identifier: number
  readonly use: Use
}

/**
 * The accounts are locked already. New uses are created beside other lanes; then the one lane there is for what locks
 * relationships is held, for those that change and for the commit (docs/decisions/0010).
 */
export async function joinUses(run: Run, deltas: readonly UseDelta[]): Promise<void> {
  if (deltas.length === 0) return
  const [found] = await run(state.findOrCreateUses, { groups: groupsOf(deltas) })
  refuseLost(deltas.length, found?.handled)
  const rows: ChangedUseList[] = []
  for (const [n, id, firstAt, lastAt, days, sessions, times] of found?.stored ?? []) {
    const use = deltas[n]?.use
    if (!use) continue
    const before = { firstAt, lastAt, days, sessions, times }
    const after = useFields(joinUse(useOf(use, before), use))
    if (!sameUse(before, after))
      rows.push([id, after.firstAt, after.lastAt, after.days, after.sessions, after.times])
  }
  await hold(run, 'edges')
  if (rows.length > 0) await run(state.setUses, { rows })
}

/** By identifier, in the order of their keys: everybody locks them in that order. */
function groupsOf(deltas: readonly UseDelta[]): readonly (readonly [number, readonly AddedUseList[]])[] {
  const groups = new Map<string, [number, AddedUseList[]]>()
  deltas.forEach(({ account, identifier, use }, n) => {
    const { firstAt, lastAt, days, sessions, times } = useFields(use)
    const last = lastAt === firstAt ? null : lastAt
    const row: AddedUseList = [n, account, use.type, firstAt, last, days, sessions, times]
    const key = keyOf(use)
    const group = groups.get(key)
    if (group) group[1].push(row)
    else groups.set(key, [identifier, [row]])
  })
  return [...groups].toSorted(([a], [b]) => compareText(a, b)).map(([, group]) => group)
}

/** Lists only ever grow or move on to newer items. */
const sameUse = (a: UseFields, b: UseFields): boolean =>
  a.firstAt === b.firstAt &&
  a.lastAt === b.lastAt &&
  a.days?.length === b.days?.length &&
  a.sessions === b.sessions &&
  String(a.times) === String(b.times)
