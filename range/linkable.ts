/** The ceiling of linking: which ring accounts share anything small with another of their ring. */
import type { EventType } from '../graph/model.ts'
import { isLocker } from './customs.ts'
import type { EventIdentifiers, RangeEvent } from './event.ts'
import { isCrowdAddress } from './networks.ts'
import type { Told } from './place.ts'
import { isModels } from './sight.ts'

const usersMax = 50

/** What is seen only in these was not chosen by the account, so nobody may link by it. */
const noEvidence: ReadonlySet<EventType> = new Set(['login_failed', 'report', 'chargeback'])

/** Codes, pictures and words tie nobody: they are there to be passed on. */
const tying = [
  'device',
  'ip',
  'payment',
  'payout',
  'email',
  'phone',
  'address',
  'cookie',
  'fingerprint',
  'document',
] as const satisfies readonly (keyof EventIdentifiers)[]

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

/** What people of all places share is left out, for their others are not seen here. */
const isCrowds = (value: string): boolean => isCrowdAddress(value) || isModels(value) || isLocker(value)

function usersOf(events: readonly RangeEvent[]): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>()
  for (const { type, account, identifiers } of events) {
    if (noEvidence.has(type)) continue
    for (const kind of tying) {
      const value = identifiers?.[kind]
      if (value === undefined) continue
      // Values of different kinds differ in form, so the value names itself.
      const known = users.get(value)
      if (known !== undefined) known.add(account)
      else if (!isCrowds(value)) users.set(value, new Set([account]))
    }
  }
  return users
}
