/** What a planned ring is seen with, so that more can be added to it. */
import type { RangeEvent } from '../../event.ts'
import type { Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import type { Session } from '../../session.ts'
import { hourMs } from '../../times.ts'

/** Accounts that carry a ring. */
export const ringedIn = ({ truth }: Plan): readonly string[] =>
  truth.flatMap(({ account, ring }) => (ring === null ? [] : [account]))

/** Visits an account paid from a device and a line, within the window. */
export function visitsOf({ events }: Plan, { startAt, endAt }: Place): ReadonlyMap<string, RangeEvent[]> {
  return Map.groupBy(
    events.filter(
      ({ at, identifiers, session }) =>
        session !== undefined &&
        identifiers?.device !== undefined &&
        identifiers.ip !== undefined &&
        at >= startAt &&
        at < endAt - hourMs,
    ),
    ({ account }) => account,
  )
}

/** Another visit like one before, with some of it changed. */
export function revisit(
  { account, identifiers }: RangeEvent,
  random: Random,
  changes: Partial<Pick<Session, 'account' | 'device' | 'ip'>> = {},
): Session {
  const { device = '', ip = '' } = identifiers ?? {}
  return { account, id: `s_${random.word()}`, device, ip, ...changes }
}

/** For each account of the ring: identifiers that another of the ring was seen with as well. */
export function sharedCounts(plan: Plan): ReadonlyMap<string, number> {
  const ring = new Set(ringedIn(plan))
  const users = new Map<string, Set<string>>()
  for (const { account, identifiers } of plan.events) {
    if (!ring.has(account)) continue
    for (const value of Object.values(identifiers ?? {}))
      users.set(value, (users.get(value) ?? new Set<string>()).add(account))
  }
  const counts = new Map<string, number>()
  for (const accounts of users.values()) {
    if (accounts.size < 2) continue
    for (const account of accounts) counts.set(account, (counts.get(account) ?? 0) + 1)
  }
  return counts
}
