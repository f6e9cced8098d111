/**
 * What an account does by itself: how old it is, how often it acts, how that ends, how much it moves, how many
 * identifiers it shows. Nothing here tells whether another account shows the same one.
 */
import type { EventType, IdentifierKey, StoredEvent } from '../../graph/model.ts'

export type TempoEvent = Pick<
  StoredEvent,
  'account' | 'type' | 'outcome' | 'at' | 'createdAt' | 'session' | 'amount'
> & { readonly identifiers: readonly IdentifierKey[] }

const dayMs = 86_400_000
const hourMs = 3_600_000

const types = [
  'signup',
  'login',
  'login_failed',
  'payment',
  'payment_failed',
  'payout',
  'credential_change',
  'payout_change',
  'chargeback',
  'report',
  'other',
] as const satisfies readonly EventType[]
const kinds = [
  'device',
  'ip',
  'payment',
  'payout',
  'email',
  'phone',
  'address',
  'cookie',
  'fingerprint',
] as const

/** Names of the columns, in order. */
export const tempoFeatures: readonly string[] = [
  ...types.flatMap((type) => [`${type} events`, `${type} events that failed`]),
  ...kinds.map((kind) => `${kind} values`),
  'age in days, to the last event',
  'days from birth to the first event',
  'days from birth to the first payment',
  'days from birth to the first payout',
  'active days',
  'days between first and last event',
  'events an active day',
  'sessions',
  'shortest gap',
  'median gap',
  'longest gap',
  'share at night',
  'amount in all',
  'largest amount',
  'mean amount',
]

/** One account's row; its events in any order, one at least. */
export function tempoRow(events: readonly TempoEvent[]): readonly number[] {
  const times = events.map(({ at }) => at).toSorted((a, b) => a - b)
  const amounts = events.flatMap(({ amount }) => amount ?? [])
  return [
    ...counts(events),
    ...values(events),
    ...ages(events, times),
    ...gaps(events, times),
    ...money(amounts),
  ]
}

const counts = (events: readonly TempoEvent[]): readonly number[] =>
  types.flatMap((type) => {
    const own = events.filter((event) => event.type === type)
    return [own.length, own.filter(({ outcome }) => outcome === 'failure').length]
  })

const values = (events: readonly TempoEvent[]): readonly number[] =>
  kinds.map((kind) => {
    const refs = events.flatMap(({ identifiers }) => identifiers.filter((seen) => seen.kind === kind))
    return new Set(refs.map(({ ref }) => ref)).size
  })

/** What is not known is -1, below all that is. */
function ages(events: readonly TempoEvent[], times: readonly number[]): readonly number[] {
  const signups = events.filter(({ type }) => type === 'signup').map(({ at }) => at)
  const births = [...events.flatMap(({ createdAt }) => createdAt ?? []), ...signups]
  const bornAt = births.length === 0 ? undefined : Math.min(...births)
  const since = (at: number | undefined): number =>
    bornAt === undefined || at === undefined ? -1 : (at - bornAt) / dayMs
  const first = (type: EventType): number | undefined =>
    events
      .filter((event) => event.type === type)
      .reduce<number | undefined>((least, { at }) => Math.min(least ?? at, at), undefined)
  return [since(times.at(-1)), since(times[0]), since(first('payment')), since(first('payout'))]
}

function gaps(events: readonly TempoEvent[], times: readonly number[]): readonly number[] {
  const between = times.slice(1).map((at, n) => (at - (times[n] ?? at)) / hourMs)
  const sorted = between.toSorted((a, b) => a - b)
  const days = new Set(times.map((at) => Math.floor(at / dayMs))).size
  const atNight = times.filter((at) => at % dayMs < 6 * hourMs).length
  return [
    days,
    ((times.at(-1) ?? 0) - (times[0] ?? 0)) / dayMs,
    times.length / days,
    new Set(events.flatMap(({ session }) => session ?? [])).size,
    sorted[0] ?? -1,
    sorted[sorted.length >> 1] ?? -1,
    sorted.at(-1) ?? -1,
    atNight / times.length,
  ]
}

function money(amounts: readonly number[]): readonly number[] {
  const all = amounts.reduce((sum, amount) => sum + amount, 0)
  return [all, Math.max(0, ...amounts), amounts.length === 0 ? 0 : all / amounts.length]
}
