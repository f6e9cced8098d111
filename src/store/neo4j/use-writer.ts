/** Joins uses of identifiers by accounts into their relationships. */
import { state, type UseFields } from '../../../cypher/catalogue.ts'
import type { Use } from '../../../graph/model.ts'
import { joinUse } from '../../../graph/state/join.ts'
import type { Run } from './bolt.ts'
import { hold } from './hold.ts'
import { refuseLost, useFields, useOf } from './rows.ts'

export interface UseDelta {
  readonly account: string
  readonly key: string
  readonly use: Use
}

export async function joinUses(run: Run, deltas: readonly UseDelta[]): Promise<void> {
  const rows = deltas.map(({ account, key, use }, n) => ({
    n,
    account,
    key,
    type: use.type,
    ...useFields(use),
  }))
  await hold(run, 'edges')
  const [found] = await run(state.findOrCreateUses, { rows })
  refuseLost(rows.length, found?.handled)
  const changed: (UseFields & { id: string })[] = []
  for (const [n, id, firstAt, lastAt, days, sessions, times] of found?.stored ?? []) {
    const use = deltas[n]?.use
    if (!use) continue
    const before = { firstAt, lastAt, days, sessions, times }
    const after = useFields(joinUse(useOf(use, before), use))
    if (!sameUse(before, after)) changed.push({ id, ...after })
  }
  if (changed.length > 0) await run(state.setUses, { rows: changed })
}

/** Lists only ever grow or move on to newer items. */
const sameUse = (a: UseFields, b: UseFields): boolean =>
  a.firstAt === b.firstAt &&
  a.lastAt === b.lastAt &&
  a.days.length === b.days.length &&
  a.sessions === b.sessions &&
  String(a.times) === String(b.times)
