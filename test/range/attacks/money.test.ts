import { expect, test } from '@jest/globals'
import { crowdest, largestComponent, many, middle, ringed, share, users } from './planned.ts'

test('card testers try 5 to 14 cards each in bursts, most of which are declined', () => {
  const crews = many('card_testing')
  const minutes: number[] = []

  for (const crew of crews) {
    const declined = crew.events.filter(({ type }) => type === 'payment_failed')
    const passed = crew.events.filter(({ type }) => type === 'payment')

    expect(ringed(crew).length).toBeGreaterThanOrEqual(5)
    expect(ringed(crew).length).toBeLessThanOrEqual(20)
    expect(declined.length / (declined.length + passed.length)).toBeGreaterThan(0.4)
    for (const mine of Map.groupBy(declined, ({ account }) => account).values()) {
      const times = mine.map(({ at }) => at).toSorted((a, b) => a - b)
      expect(users(mine, 'payment').size).toBeLessThanOrEqual(17)
      minutes.push(...times.slice(1).map((at, n) => (at - (times[n] ?? 0)) / 60_000))
    }
    expect(crowdest(crew.events, 'payment')).toBeGreaterThan(1)
  }
  expect(share(minutes, (gap) => gap < 5)).toBeGreaterThan(0.6)
})

test('mules share where the money goes, and nothing else', () => {
  const rings = many('mules')

  for (const ring of rings) {
    const mules = ringed(ring, 'mule')
    const theirs = ring.events.filter(({ account }) => mules.includes(account))

    expect(mules.length).toBeGreaterThan(1)
    expect(ringed(ring, 'member')).toEqual([])
    expect(crowdest(theirs, 'payout')).toBe(mules.length)
    for (const kind of ['device', 'payment', 'email', 'phone'] as const)
      expect(crowdest(theirs, kind)).toBeLessThan(2)
  }
  expect(share(rings, (ring) => ringed(ring, 'operator').length === 1)).toBeGreaterThan(0.1)
})

test('friendly fraud pays with working cards, ships to shared doors and disputes weeks later', () => {
  const rings = many('chargeback_ring')
  const declined = rings.flatMap(({ events }) => events.filter(({ type }) => type === 'payment_failed'))
  const paid = rings.flatMap(({ events }) => events.filter(({ type }) => type === 'payment'))
  const waits: number[] = []

  for (const { events } of rings) {
    for (const { account, identifiers, at } of events.filter(({ type }) => type === 'chargeback')) {
      const before = events.filter(
        (event) =>
          event.account === account &&
          event.type === 'payment' &&
          event.identifiers?.payment === identifiers?.payment &&
          event.at < at,
      )
      waits.push((at - Math.max(...before.map((event) => event.at))) / 86_400_000)
    }
    expect(crowdest(events, 'address')).toBeGreaterThan(1)
    expect(crowdest(events, 'device')).toBe(1)
  }
  const disputed = rings.map(({ events }) => share(events, ({ type }) => type === 'chargeback'))
  expect(middle(disputed)).toBeGreaterThan(0.03)
  expect(waits.every(Number.isFinite)).toBe(true)
  expect(middle(waits)).toBeGreaterThan(5)
  expect(declined.length / paid.length).toBeLessThan(0.15)
})

test('a refunding service has its clients’ money back far more often than others have', () => {
  const rings = many('refund_abuse')
  const returned = rings.map(({ events }) =>
    share(
      events.filter(({ type, identifiers }) => type === 'payment' && identifiers?.payment !== undefined),
      ({ outcome }) => outcome === 'reversed',
    ),
  )

  for (const ring of rings) {
    const tied = largestComponent(ring.events, ringed(ring), ['device', 'payout'])
    expect(crowdest(ring.events, 'device')).toBeGreaterThan(1)
    expect(tied).toBeGreaterThan(1)
  }
  expect(middle(returned)).toBeGreaterThan(0.2)
})
