import { expect, test } from '@jest/globals'
import type { RangeEvent } from '../../../range/event.ts'
import {
  addresses,
  crowdest,
  dayMs,
  hourMs,
  many,
  middle,
  type Planned,
  ringed,
  share,
  users,
} from './planned.ts'

const minuteMs = hourMs / 60

/** A victim's events are the thief's, but for what the owner does to get the account back. */
const stolen = (gang: Planned): readonly RangeEvent[] => {
  const owners = new Map(gang.place.residents.map((person) => [person.account, person] as const))
  return gang.events.filter(({ account, identifiers }) => {
    const own = owners.get(account)?.devices.map(({ thing }) => thing) ?? []
    return (
      gang.roles.get(account) === 'victim' &&
      identifiers?.device !== undefined &&
      !own.includes(identifiers.device)
    )
  })
}

const sinceOf = (gang: Planned): readonly number[] =>
  gang.truth
    .flatMap(({ role, since }) => (role === 'victim' && since !== undefined ? [since] : []))
    .toSorted((a, b) => a - b)

function paysAReceiver(gang: Planned, events: readonly RangeEvent[]): boolean {
  const mules = new Set(ringed(gang, 'mule'))
  const banks = users(
    gang.events.filter(({ account }) => mules.has(account)),
    'payout',
  )
  return events.some(
    ({ counterparties = [], identifiers }) =>
      counterparties.some(({ account }) => mules.has(account)) || banks.has(identifiers?.payout ?? ''),
  )
}

test('a takeover puts 6 to 40 old accounts on 1 to 4 new devices within 3 days, and pays 1 to 3 receivers', () => {
  const gangs = many('takeover', 60)
  const touched: boolean[] = []
  const moneyed: boolean[] = []
  const early: boolean[] = []

  for (const gang of gangs) {
    const victims = ringed(gang, 'victim')
    const byVictim = Map.groupBy(stolen(gang), ({ account }) => account)
    const since = sinceOf(gang)
    const [first = 0] = since

    expect(victims.length).toBeGreaterThanOrEqual(6)
    expect(victims.length).toBeLessThanOrEqual(40)
    expect(ringed(gang, 'mule').length).toBeGreaterThanOrEqual(1)
    expect(ringed(gang, 'mule').length).toBeLessThanOrEqual(3)
    expect(users(stolen(gang), 'device').size).toBeLessThanOrEqual(4)
    expect((since.at(-1) ?? 0) - first).toBeLessThanOrEqual(3 * dayMs)
    early.push(...since.map((at) => at - first < 30 * minuteMs))
    for (const events of byVictim.values()) {
      touched.push(events.some(({ type }) => type === 'credential_change' || type === 'payout_change'))
      moneyed.push(paysAReceiver(gang, events))
    }
  }
  expect(share(touched, Boolean)).toBeGreaterThan(0.5)
  expect(share(touched, Boolean)).toBeLessThan(0.7)
  expect(share(moneyed, Boolean)).toBeGreaterThan(0.75)
  expect(share(early, Boolean)).toBeGreaterThan(0.15)
  expect(share(early, Boolean)).toBeLessThan(0.35)
})

test('a takeover comes from the lines of homes more often than from data centres', () => {
  const gangs = many('takeover', 60).map((gang) =>
    share(stolen(gang), ({ identifiers }) => identifiers?.ip?.startsWith('247.') ?? false),
  )

  expect(share(gangs, (hosted) => hosted > 0)).toBeGreaterThan(0.05)
  expect(share(gangs, (hosted) => hosted > 0)).toBeLessThan(0.4)
})

test('by threes: no device has more than 3 victims, and no bank account more than 6', () => {
  const gangs = many('takeover_by_threes')

  for (const gang of gangs) {
    expect(crowdest(stolen(gang), 'device')).toBeLessThanOrEqual(3)
    expect(crowdest(stolen(gang), 'payout')).toBeLessThanOrEqual(6)
    expect(crowdest(stolen(gang), 'payout')).toBeGreaterThan(1)
  }
  expect(Math.max(...gangs.map((gang) => crowdest(stolen(gang), 'device')))).toBe(3)
})

test('daily: the next victim comes a day after the last, and never two on one', () => {
  for (const gang of many('takeover_daily')) {
    const since = sinceOf(gang)
    const gaps = since.slice(1).map((at, n) => (at - (since[n] ?? 0)) / dayMs)

    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.2)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1.8)
    expect(middle(gaps)).toBeGreaterThan(0.7)
    expect(users(stolen(gang), 'device').size).toBeLessThanOrEqual(2)
  }
})

test('remote: victims share no device, but a bank account, a mailbox or a phone', () => {
  const kinds = ['payout', 'email', 'phone'] as const
  const gangs = many('takeover_remote')
  const traces = gangs.map((gang) => {
    expect(crowdest(gang.events, 'device')).toBe(1)
    return kinds.filter((kind) => crowdest(stolen(gang), kind) > 1)
  })

  expect(traces.filter(({ length }) => length === 0)).toEqual([])
  expect(new Set(traces.flat()).size).toBe(kinds.length)
})

test("on a victim's line: one of the victims lives where all the robberies come from", () => {
  for (const gang of many('takeover_on_victims_line', 15)) {
    const first = gang.truth.reduce((a, b) => ((b.since ?? Infinity) < (a.since ?? Infinity) ? b : a))
    const host = gang.place.residents.find(({ account }) => account === first.account)
    const from = new Set(stolen(gang).flatMap(({ identifiers }) => identifiers?.ip ?? []))
    const line = host?.networks.find(({ thing }) => [...from].every((ip) => addresses(thing).has(ip)))?.thing
    const neighbours = gang.place.residents.filter(({ networks }) =>
      networks.some(({ thing }) => thing === line),
    )

    expect(gang.roles.get(first.account)).toBe('victim')
    expect(line).toBeDefined()
    for (const { account } of neighbours) expect(gang.roles.get(account)).toMatch(/victim|bystander/)
  }
})

test('resold accounts have many strangers each, and only their seller in common', () => {
  for (const ring of many('account_resale')) {
    const perAccount = [...Map.groupBy(stolen(ring), ({ account }) => account).values()]
    const devices = users(stolen(ring), 'device')
    const streamed = new Set(
      ring.events.filter(({ action }) => action === 'stream').map(({ identifiers }) => identifiers?.device),
    )

    expect(ringed(ring, 'operator').length).toBeLessThanOrEqual(1)
    expect(ringed(ring, 'mule')).toEqual([])
    expect(middle(perAccount.map((events) => users(events, 'device').size))).toBeGreaterThan(3)
    for (const [device, accounts] of devices) if (streamed.has(device)) expect(accounts.size).toBe(1)
    expect(crowdest(stolen(ring), 'device')).toBeGreaterThan(1)
  }
})
