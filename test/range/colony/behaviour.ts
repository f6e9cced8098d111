/** What an account does, told without whom it shares anything with: figures a reviewer of one account would see. */
import type { MadeEvent, MadeWorld } from '../made-world.ts'

export interface Sample {
  readonly figures: readonly number[]
  readonly isFraud: boolean
}

const types = [
  'login',
  'login_failed',
  'payment',
  'payment_failed',
  'payout',
  'credential_change',
  'payout_change',
  'chargeback',
  'report',
]
const kinds = [
  'device',
  'cookie',
  'ip',
  'payment',
  'payout',
  'phone',
  'address',
  'document',
  'email',
  'promo',
]
const relations = ['paid', 'refunded', 'gifted', 'messaged', 'reviewed']
const hourMs = 3_600_000
const never = 3_000

export function samplesOf({ events, truth }: MadeWorld): readonly Sample[] {
  const byAccount = Map.groupBy(events, ({ account }) => account)
  return truth.map(({ account, role }) => ({
    figures: figuresOf(byAccount.get(account) ?? []),
    isFraud: role === 'operator' || role === 'member' || role === 'mule',
  }))
}

function figuresOf(events: readonly MadeEvent[]): readonly number[] {
  const times = events.map(({ occurredAt }) => Date.parse(occurredAt)).toSorted((a, b) => a - b)
  const gaps = times.slice(1).map((at, n) => (at - (times[n] ?? at)) / hourMs)
  const count = (wanted: (event: MadeEvent) => boolean) => events.filter(wanted).length
  const values = (kind: string) =>
    new Set(events.flatMap(({ identifiers }) => identifiers?.[kind] ?? [])).size
  const first = times[0] ?? 0
  const signup = events.find(({ type }) => type === 'signup')
  const bornAt = events.flatMap(({ accountCreatedAt }) => accountCreatedAt ?? [])[0]
  const paid = events.find(({ type }) => type === 'payment')
  const amounts = events.flatMap(({ attributes }) => attributes?.amount ?? [])
  const failures = count(({ type }) => type === 'login_failed' || type === 'payment_failed')
  return [
    ...types.map((type) => count((event) => event.type === type)),
    ...kinds.map(values),
    ...relations.map((relation) =>
      count(({ counterparties = [] }) => counterparties.some((other) => other.relation === relation)),
    ),
    count(({ type, counterparties }) => type === 'other' && !counterparties),
    signup ? 1 : 0,
    bornAt === undefined ? 0 : (first - Date.parse(bornAt)) / (24 * hourMs),
    signup && paid ? (Date.parse(paid.occurredAt) - first) / hourMs : never,
    failures / Math.max(1, events.length),
    median(gaps),
    Math.min(never, ...gaps),
    new Set(times.map((at) => Math.floor(at / (24 * hourMs)))).size,
    median(amounts),
    Math.max(0, ...amounts),
    events.length,
    times.filter((at) => new Date(at).getUTCHours() < 6).length / Math.max(1, times.length),
  ]
}

function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
