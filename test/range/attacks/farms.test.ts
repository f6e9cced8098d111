import { expect, test } from '@jest/globals'
import { crowdest, dayMs, largestComponent, many, middle, ringed, share, signups, users } from './planned.ts'

test('a sign-up farm opens 6 to 40 accounts within weeks from few devices', () => {
  const farms = many('signup_farm')

  for (const farm of farms) {
    const opened = signups(farm)
    const members = ringed(farm, 'member')

    expect(ringed(farm).length).toBeGreaterThanOrEqual(6)
    expect(ringed(farm).length).toBeLessThanOrEqual(40)
    expect(opened).toHaveLength(members.length)
    expect(ringed(farm, 'operator').length).toBeLessThanOrEqual(1)
    expect(users(opened, 'device').size).toBeLessThanOrEqual(Math.ceil(members.length / 3))
    expect((opened.at(-1)?.at ?? 0) - (opened[0]?.at ?? 0)).toBeLessThanOrEqual(21 * dayMs)
  }
  expect(farms.some((farm) => ringed(farm, 'operator').length === 1)).toBe(true)
})

test('a farm by line has a device and card for every account, and leaves by 1 to 4 addresses', () => {
  for (const farm of many('ip_farm')) {
    const accounts = ringed(farm)
    const shared = [...users(farm.events, 'ip').values()].filter(({ size }) => size > 1)

    expect(crowdest(farm.events, 'device')).toBe(1)
    expect(crowdest(farm.events, 'payment')).toBe(1)
    expect(crowdest(farm.events, 'ip')).toBeGreaterThanOrEqual(accounts.length / 4)
    // A carrier's address, where some roam, may be met twice.
    expect(shared.filter(({ size }) => size >= accounts.length / 8).length).toBeLessThanOrEqual(8)
  }
})

test('an emulator farm puts 100 to 300 accounts on one device', () => {
  const farms = many('emulator_farm', 10)

  for (const farm of farms) {
    const accounts = ringed(farm)

    expect(accounts.length).toBeGreaterThanOrEqual(100)
    expect(accounts.length).toBeLessThanOrEqual(300)
    expect(users(farm.events, 'device').size).toBe(1)
    expect(crowdest(farm.events, 'device')).toBe(accounts.length)
  }
  expect(farms.some((farm) => ringed(farm).length > 200)).toBe(true)
})

test('an anti-detect farm shares cards among 3 to 5 and payouts among 5, no device, and the lines of residents', () => {
  const farms = many('antidetect_farm')
  const cards = farms.flatMap(({ events }) => [...users(events, 'payment').values()].map(({ size }) => size))

  for (const farm of farms) {
    expect(crowdest(farm.events, 'device')).toBe(1)
    expect(crowdest(farm.events, 'payment')).toBeLessThanOrEqual(5)
    expect(crowdest(farm.events, 'payout')).toBeLessThanOrEqual(5)
    expect(users(farm.events, 'ip').size).toBeGreaterThan(ringed(farm).length)
  }
  expect(share(cards, (size) => size >= 3)).toBeGreaterThan(0.8)
  expect(
    middle(
      farms.map(
        (farm) => largestComponent(farm.events, ringed(farm), ['payment', 'payout']) / ringed(farm).length,
      ),
    ),
  ).toBeGreaterThan(0.9)
})

test('who abuses promotions becomes a new customer every 0.3 to 1.2 days, on devices in turn, at one door', () => {
  const schemes = many('promo_abuse')

  for (const scheme of schemes) {
    const opened = signups(scheme)
    const gaps = opened.slice(1).map(({ at }, n) => (at - (opened[n]?.at ?? 0)) / dayMs)
    const devices = opened.map(({ identifiers }) => identifiers?.device)

    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.3)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1.2)
    expect(devices.filter((device, n) => n > 0 && device === devices[n - 1])).toEqual([])
    expect(users(scheme.events, 'promo').size).toBe(1)
    expect(crowdest(scheme.events, 'promo')).toBe(ringed(scheme, 'member').length)
  }
  const doors = schemes.map(({ events }) => users(events, 'address').size)
  expect(share(doors, (count) => count === 1)).toBeGreaterThan(0.2)
  expect(share(doors, (count) => count > 2)).toBeGreaterThan(0.3)
})

test('sleepers are 20 to 120 days old when they wake, together, and were visited before', () => {
  const rings = many('sleepers')
  const warm: boolean[] = []

  for (const { truth, events } of rings) {
    const woken = truth.map(({ since = 0 }) => since)
    const bornAt = new Map(
      events.flatMap(({ type, account, at }) => (type === 'signup' ? [[account, at] as const] : [])),
    )

    expect(Math.max(...woken) - Math.min(...woken)).toBeLessThanOrEqual(5 * dayMs)
    for (const { account, since = 0 } of truth) {
      const born = bornAt.get(account)
      if (born !== undefined) expect(since - born).toBeGreaterThanOrEqual(20 * dayMs)
      if (born !== undefined) expect(since - born).toBeLessThanOrEqual(125 * dayMs)
      warm.push(events.some((event) => event.account === account && event.at < since - dayMs))
    }
  }
  expect(share(warm, Boolean)).toBeGreaterThan(0.75)
})
