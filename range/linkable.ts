/** The ceiling of linking: which ring accounts share anything small with another of their ring. */
import type { EventType } from '../graph/model.ts'
import type { RangeEvent } from './event.ts'
import { isCarrierAddress } from './networks.ts'
import type { Told } from './place.ts'

const usersMax = 50

/** What is seen only in these was not chosen by the account, so nobody may link by it. */
const noEvidence: ReadonlySet<EventType> = new Set(['login_failed', 'report', 'chargeback'])

/** Counts them. Users are counted within the place, where a ring and all it shares lies. */
export function linkable({ events, truth }: Pick<Told, 'events' | 'truth'>): number {
  const ringOf = new Map(
    truth.flatMap(({ account, ring }) => (ring === null ? [] : [[account, ring] as const])),
  )
  const linked = new Set<string>()
  for (const accounts of usersOf(events).values()) {
    if (accounts.size < 2 || accounts.size > usersMax) continue
    const byRing = Map.groupBy(
      [...accounts].filter((account) => ringOf.has(account)),
      (account) => ringOf.get(account),
    )
    for (const together of byRing.values()) {
      if (together.length > 1) for (const account of together) linked.add(account)
    }
  }
  return linked.size
}

/** A carrier's address is left out: its other users live in other places. */
function usersOf(events: readonly RangeEvent[]): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>()
  for (const { type, account, identifiers } of events) {
    if (noEvidence.has(type)) continue
    // Values of different kinds differ in form, so the value names itself.
    for (const value of Object.values(identifiers ?? {})) {
      if (isCarrierAddress(value)) continue
      const known = users.get(value)
      if (known === undefined) users.set(value, new Set([account]))
      else known.add(account)
    }
  }
  return users
}
