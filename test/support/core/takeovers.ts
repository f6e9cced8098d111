/** People and intruders, as tests of takeovers write them. */
import type { EventType, StoredEvent } from '../../../graph/model.ts'
import { day, seen, start } from './states.ts'
import { names } from './tables.ts'

export const hour = 3_600_000

/** An account with a year behind it and things of its own, whose device is in use weeks after everything else. */
export const established = (account: string): readonly StoredEvent[] => [
  seen(
    account,
    ['device', 'cookie', 'email', 'phone', 'payout'].map((kind) => `${kind}:of-${account}`),
    { type: 'signup', at: start - 360 * day },
  ),
  ...[-10, 30].map((when) => seen(account, [`device:of-${account}`], { at: start + when * day })),
]

/** People who once, at some time of the year, borrow somebody's phone: what meetings are by nature. */
export const townsfolk: readonly StoredEvent[] = names(40, 'person').flatMap((account, i) => [
  ...established(account),
  seen(account, [`device:borrowed${i}`], { at: start - (200 - 5 * i) * day }),
])

export interface Intrusion {
  readonly at?: number
  /** What is changed within the hour; nothing where it is absent. */
  readonly change?: EventType
  /** Who is then paid. */
  readonly paid?: string
}

/** Somebody is in the account for some hours, with these identifiers. */
export const intrusion = (
  account: string,
  identifiers: readonly string[],
  { at = start, change, paid }: Intrusion,
): readonly StoredEvent[] => [
  seen(account, identifiers, { at }),
  ...(change ? [seen(account, identifiers, { type: change, at: at + hour })] : []),
  ...(paid
    ? [
        seen(account, identifiers, {
          type: 'payment',
          at: at + 2 * hour,
          relations: [{ account: paid, relation: 'paid' }],
        }),
      ]
    : []),
]

/** Unrelated accounts that somebody gets into one after the other, on one device. */
export const attack = (
  victims: readonly string[],
  device: string,
  { at = start, ...then }: Intrusion = { change: 'payout_change' },
): readonly StoredEvent[] =>
  victims.flatMap((victim, i) => intrusion(victim, [device], { at: at + i * 5 * hour, ...then }))
