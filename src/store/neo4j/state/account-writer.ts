/** Joins what accounts did into their nodes, and with them the uses of identifiers: whoever holds an account writes both. */
import { type AccountFields, state } from '../../../../cypher/catalogue.ts'
import type { Activity } from '../../../../graph/model.ts'
import type { AccountDelta } from '../../../../graph/state/fold.ts'
import { joinActivity, joinCreatedAt } from '../../../../graph/state/join.ts'
import { compareText } from '../../../../graph/state/order.ts'
import type { Run } from '../bolt.ts'
import { activitiesOf, activityText } from './activity.ts'

export type AddedAccount = readonly [id: string, AccountDelta]

/**
 * New accounts are written at once; of known ones only those that change. All stay locked until the transaction ends.
 * Answers their nodes' numbers, which hold as long.
 */
export async function joinAccounts(
  run: Run,
  added: readonly AddedAccount[],
): Promise<ReadonlyMap<string, number>> {
  const sorted = added.toSorted(([a], [b]) => compareText(a, b))
  const rows = sorted.map(([id, { createdAt, activities }]) => accountFields(id, createdAt, activities))
  const [claimed] = await run(state.claimAccounts, { rows })
  const changed: AccountFields[] = []
  for (const [n, knownCreatedAt, activity] of claimed?.stored ?? []) {
    const [id, delta] = sorted[n] ?? []
    if (id === undefined || !delta) continue
    const createdAt = joinCreatedAt(knownCreatedAt ?? undefined, delta.createdAt)
    const fields = accountFields(id, createdAt, joined(activity, delta.activities))
    if (fields[1] !== knownCreatedAt || fields[5] !== activity) changed.push(fields)
  }
  if (changed.length > 0) await run(state.setAccounts, { rows: changed })
  return new Map(claimed?.nodes.map(([n, node]) => [sorted[n]?.[0] ?? '', node]))
}

/** Makes accounts that are not there, and locks all. */
export const claimAccounts = (run: Run, ids: Iterable<string>): Promise<unknown> =>
  run(state.claimAccounts, {
    rows: [...ids].toSorted(compareText).map((id) => [id, null, null, null, null, null] as const),
  })

function joined(stored: string | null, added: ReadonlyMap<string, Activity>): ReadonlyMap<string, Activity> {
  const all = new Map<string, Activity>(activitiesOf(stored).map((activity) => [activity.type, activity]))
  for (const [type, activity] of added) {
    const known = all.get(type)
    all.set(type, known ? joinActivity(known, activity) : activity)
  }
  return all
}

function accountFields(
  id: string,
  createdAt: number | undefined,
  activities: ReadonlyMap<string, Activity>,
): AccountFields {
  let [firstAt, lastAt] = [Infinity, -Infinity]
  for (const activity of activities.values()) {
    firstAt = Math.min(firstAt, activity.firstAt)
    lastAt = Math.max(lastAt, activity.lastAt)
  }
  const isSeen = activities.size > 0
  return [
    id,
    createdAt ?? null,
    activities.get('signup')?.firstAt ?? null,
    isSeen ? firstAt : null,
    isSeen ? lastAt : null,
    activityText(activities.values()),
  ]
}
