import { expect, test } from '@jest/globals'
import { crowdest, dayMs, largestComponent, many, middle, ringed, share, signups, users } from './planned.ts'

const kinds = ['device', 'payment', 'payout', 'phone', 'address', 'email'] as const

test.each(['low_and_slow', 'twos', 'pair'])('%s: nothing has more than two users', (name) => {
  for (const ring of many(name, 60)) {
    for (const kind of kinds) expect(crowdest(ring.events, kind)).toBeLessThanOrEqual(2)
  }
})

test.each(['low_and_slow', 'twos', 'pair'])('%s: all hang together nevertheless', (name) => {
  for (const ring of many(name)) {
    expect(largestComponent(ring.events, ringed(ring), kinds)).toBe(ringed(ring).length)
  }
})

test('low and slow is a chain: each account is tied to the one before and the one after', () => {
  for (const ring of many('low_and_slow')) {
    const partners = new Map<string, Set<string>>()
    for (const pair of kinds.flatMap((kind) => [...users(ring.events, kind).values()])) {
      const [one, other] = [...pair]
      if (one === undefined || other === undefined) continue
      partners.set(one, (partners.get(one) ?? new Set<string>()).add(other))
      partners.set(other, (partners.get(other) ?? new Set<string>()).add(one))
    }
    const counts = [...partners.values()].map(({ size }) => size)

    expect(Math.max(...counts)).toBe(2)
    expect(counts.filter((count) => count === 1)).toHaveLength(2)
  }
})

test('low and slow opens an account a week', () => {
  const gaps = many('low_and_slow').flatMap((ring) => {
    const opened = signups(ring)
    return opened.slice(1).map(({ at }, n) => (at - (opened[n]?.at ?? 0)) / dayMs)
  })

  expect(Math.min(...gaps)).toBeGreaterThan(4)
  expect(middle(gaps)).toBeGreaterThan(6.5)
  expect(middle(gaps)).toBeLessThan(7.5)
})

test('a pair is two', () => {
  for (const ring of many('pair', 40, 20)) expect(ringed(ring)).toHaveLength(2)
})

test('a series has one device, and never two accounts on it within a week', () => {
  for (const ring of many('serial')) {
    const stays = [...Map.groupBy(ring.events, ({ account }) => account).values()]
      .map((events) => events.filter(({ identifiers }) => identifiers?.device).map(({ at }) => at))
      .map((times) => ({ from: Math.min(...times), until: Math.max(...times) }))
      .toSorted((a, b) => a.from - b.from)

    expect(users(ring.events, 'device').size).toBe(1)
    for (const [n, { from }] of stays.entries()) {
      if (n > 0) expect(from - (stays[n - 1]?.until ?? 0)).toBeGreaterThan(7 * dayMs)
    }
  }
})

test('a copied family is as large as one next door, and shares what it does with nobody else', () => {
  for (const ring of many('household_clone')) {
    const residents = new Set(
      ring.place.residents.flatMap(({ devices, cards }) => [...devices, ...cards].map(({ thing }) => thing)),
    )
    const sizes = new Set(
      [...Map.groupBy(ring.place.residents, ({ group }) => group).values()].map(({ length }) => length),
    )
    const shown = ['device', 'payment'] as const

    expect(sizes.has(ringed(ring).length)).toBe(true)
    expect(users(ring.events, 'address').size).toBe(1)
    for (const kind of shown)
      expect([...users(ring.events, kind).keys()].filter((thing) => residents.has(thing))).toEqual([])
  }
  const sharing = many('household_clone').map(({ events }) =>
    Math.max(crowdest(events, 'device'), crowdest(events, 'payment')),
  )
  expect(share(sharing, (size) => size > 1)).toBeGreaterThan(0.5)
})
