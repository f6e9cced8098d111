/** What a world's honest people add up to, against what is known of real ones (docs/detection.md 4.1). */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { isCrowdAddress } from '../../../range/networks.ts'
import { type MadeEvent, type MadeWorld, makeWorld } from '../made-world.ts'

const dayMs = 86_400_000
const order = { seed: 41, accounts: 10_000 }

let town: MadeWorld
let eventsOf: ReadonlyMap<string, readonly MadeEvent[]>
let honest: readonly string[]

beforeAll(async () => {
  town = await makeWorld({ ...order, world: 'town' })
  eventsOf = Map.groupBy(
    town.events.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1)),
    ({ account }) => account,
  )
  honest = town.truth.flatMap(({ account, role }) => (role === 'benign' ? [account] : []))
})

const at = ({ occurredAt }: MadeEvent) => Date.parse(occurredAt)
const share = <T>(list: readonly T[], holds: (value: T) => boolean) => list.filter(holds).length / list.length
const visits = (account: string) =>
  new Set(eventsOf.get(account)?.flatMap(({ sessionId }) => sessionId ?? [])).size
const quantile = (list: readonly number[], q: number) =>
  list.toSorted((a, b) => a - b)[Math.floor(q * (list.length - 1))] ?? Number.NaN

const valuesOf = (account: string, kind: string) =>
  new Set(eventsOf.get(account)?.flatMap(({ identifiers }) => identifiers?.[kind] ?? []))

function sharedIn({ events }: MadeWorld, kind: string): number {
  const users = new Map<string, Set<string>>()
  for (const { account, identifiers } of events) {
    const value = identifiers?.[kind]
    if (value !== undefined) users.set(value, (users.get(value) ?? new Set()).add(account))
  }
  return share([...users.values()], ({ size }) => size > 1)
}

describe('where people connect from', () => {
  test('of those seen five times, about 93 % have a set of addresses nobody else has', () => {
    const sets = [...eventsOf.keys()]
      .filter((account) => visits(account) >= 5)
      .map((account) => [...valuesOf(account, 'ip')].toSorted().join(' '))
    const counts = Map.groupBy(sets, (set) => set)

    const unique = share(sets, (set) => counts.get(set)?.length === 1)
    expect(unique).toBeGreaterThan(0.87)
    expect(unique).toBeLessThan(0.97)
  })

  test('about 11 % of addresses stay with their people for more than a month', () => {
    const spans = [...eventsOf.values()].flatMap((events) =>
      [
        ...Map.groupBy(
          events.filter(({ identifiers }) => identifiers?.['ip']),
          ({ identifiers }) => identifiers?.['ip'],
        ).values(),
      ].map(
        (seen) => at(seen.at(-1)!) - at(seen[0]!), // a group holds one at least
      ),
    )

    const long = share(spans, (span) => span > 30 * dayMs)
    expect(long).toBeGreaterThan(0.07)
    expect(long).toBeLessThan(0.15)
  })

  test('most people are behind a carrier at times, a third have IPv6, and a twelfth hide', () => {
    const regulars = honest.filter((account) => visits(account) >= 8)
    const connects = (block: RegExp) =>
      share(regulars, (account) => [...valuesOf(account, 'ip')].some((address) => block.test(address)))

    expect(connects(/^24[6]\./)).toBeGreaterThan(0.6)
    expect(connects(/^24[6]\./)).toBeLessThan(0.85)
    expect(Math.abs(connects(/^2001:/) - 0.33)).toBeLessThan(0.06)
    expect(Math.abs(connects(/^24[89]\./) - 0.08)).toBeLessThan(0.03)
    expect(share(regulars, (account) => [...valuesOf(account, 'ip')].every(isCrowdAddress))).toBeGreaterThan(
      0.1,
    )
  })
})

describe('what people share', () => {
  test.each([
    ['device', 0.03, 0.07],
    ['payment', 0.05, 0.1],
    ['address', 0.03, 0.12],
    ['cookie', 0.01, 0.05],
    ['email', 0, 0.002],
  ])('few values of %s have several users', (kind, least, most) => {
    expect(sharedIn(town, kind)).toBeGreaterThanOrEqual(least)
    expect(sharedIn(town, kind)).toBeLessThanOrEqual(most)
  })

  test('so many people show the fingerprint of their browser’s model, and a few the id of their phone’s', () => {
    const shows = (kind: string, prefix: string) => {
      const all = [
        ...new Set(
          town.events.flatMap(({ account, identifiers }) =>
            identifiers?.[kind] ? [`${account} ${identifiers[kind]}`] : [],
          ),
        ),
      ]
      return share(all, (pair) => pair.split(' ')[1]?.startsWith(prefix) ?? false)
    }

    expect(Math.abs(shows('fingerprint', 'fp_model') - 0.47)).toBeLessThan(0.05)
    // Of apps; browsers tell what a vendor makes of them.
    expect(Math.abs(shows('device', 'd_model') - 0.12 * 0.6)).toBeLessThan(0.02)
  })
})

describe('what honest people do', () => {
  const count = (account: string, type: string) =>
    eventsOf.get(account)?.filter((event) => event.type === type).length ?? 0

  test('they pay minutes after they join, or months', () => {
    const waits = honest.flatMap((account) => {
      const events = eventsOf.get(account) ?? []
      const joined = events.find(({ type }) => type === 'signup')
      const paid = events.find(({ type }) => type === 'payment' || type === 'payment_failed')
      return joined && paid ? [at(paid) - at(joined)] : []
    })

    expect(quantile(waits, 0.2)).toBeLessThan(dayMs / 24)
    expect(quantile(waits, 0.8)).toBeGreaterThan(10 * dayMs)
  })

  test('some have nearly every payment declined, some forget and change everything, and some try ten cards', () => {
    const payers = honest.filter(
      (account) => count(account, 'payment_failed') + count(account, 'payment') >= 4,
    )
    const declined = (account: string) =>
      count(account, 'payment_failed') / (count(account, 'payment_failed') + count(account, 'payment'))

    expect(share(payers, (account) => declined(account) > 0.6)).toBeGreaterThan(0.02)
    expect(share(honest, (account) => count(account, 'login_failed') >= 5)).toBeGreaterThan(0.015)
    expect(share(honest, (account) => count(account, 'credential_change') > 0)).toBeGreaterThan(0.1)
    expect(share(honest, (account) => valuesOf(account, 'payment').size >= 7)).toBeGreaterThan(0.002)
    expect(share(honest, (account) => valuesOf(account, 'device').size >= 4)).toBeGreaterThan(0.005)
  })

  test('they come once, or every day', () => {
    const counts = honest.map(visits)

    expect(quantile(counts, 0.15)).toBeLessThanOrEqual(1)
    expect(quantile(counts, 0.99)).toBeGreaterThan(40)
  })

  test('no measure of tempo alone tells them from the fraudulent', () => {
    const frauds = town.truth.flatMap(({ account, role }) =>
      role === 'member' || role === 'mule' ? [account] : [],
    )
    const measures: readonly ((account: string) => number)[] = [
      visits,
      (account) => eventsOf.get(account)?.length ?? 0,
      (account) => count(account, 'login_failed'),
      (account) => count(account, 'credential_change'),
      (account) => count(account, 'payment_failed'),
      (account) => valuesOf(account, 'device').size,
      (account) => valuesOf(account, 'ip').size,
    ]

    for (const measure of measures) {
      const theirs = frauds.map(measure)
      const ours = honest.map(measure)
      // Nine in ten of them lie where a hundred honest people do as well.
      const beyond = quantile(ours, 1 - 100 / ours.length)
      expect(share(theirs, (value) => value <= beyond)).toBeGreaterThan(0.9)
    }
  })
})

test('a market sends parcels, and a streaming service hardly any: both share as their people do', async () => {
  const market = await makeWorld({ ...order, accounts: 4_000, world: 'market' })
  const stream = await makeWorld({ ...order, accounts: 4_000, world: 'stream' })
  const accountsWith = ({ events, truth }: MadeWorld, kind: string) =>
    new Set(events.flatMap(({ account, identifiers }) => (identifiers?.[kind] ? [account] : []))).size /
    truth.length

  expect(accountsWith(market, 'address')).toBeGreaterThan(0.35)
  expect(accountsWith(stream, 'address')).toBeLessThan(0.05)
  expect(accountsWith(market, 'payout')).toBeGreaterThan(4 * accountsWith(stream, 'payout'))
  expect(accountsWith(stream, 'promo')).toBeGreaterThan(2 * accountsWith(market, 'promo'))
  expect(sharedIn(stream, 'device')).toBeGreaterThan(1.3 * sharedIn(town, 'device'))
})
