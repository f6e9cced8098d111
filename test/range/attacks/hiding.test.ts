import { expect, test } from '@jest/globals'
import type { Network } from '../../../range/networks.ts'
import { addresses, crowdest, many, middle, type Planned, ringed, share, users } from './planned.ts'

const paidTo = (ring: Planned): readonly string[] =>
  ring.events.flatMap(({ counterparties = [] }) =>
    counterparties.flatMap(({ account, relation }) =>
      relation === 'paid' || relation === 'gifted' ? [account] : [],
    ),
  )

/** Where among the residents the accounts stand that a ring pays, of 1; those in front are paid by many. */
const standing = (name: string): number =>
  middle(
    many(name, 60).flatMap((ring) => {
      const order = new Map(ring.place.residents.map(({ account }, n) => [account, n] as const))
      return paidTo(ring).map((account) => (order.get(account) ?? 0) / order.size)
    }),
  )

test('decoys at random go to anybody, and decoys at hubs to those whom many pay', () => {
  // The hidden ring's own purchases go to the popular as well, so the random ones are not quite even.
  expect(standing('camouflage_random')).toBeGreaterThan(0.3)
  expect(standing('camouflage_hubs')).toBeLessThan(0.25)
})

test('an account has at most 8 decoys more than it had', () => {
  const gifts = many('camouflage_random', 60).flatMap((ring) =>
    ringed(ring).map(
      (account) =>
        ring.events.filter(
          (event) =>
            event.account === account && event.counterparties?.some(({ relation }) => relation === 'gifted'),
        ).length,
    ),
  )

  expect(Math.max(...gifts)).toBeLessThanOrEqual(8)
  expect(share(gifts, (count) => count > 0)).toBeGreaterThan(0.2)
  expect(share(gifts, (count) => count === 0)).toBeGreaterThan(0.05)
})

test('hijacked accounts of honest people are seen with the device of the ring', () => {
  for (const ring of many('camouflage_hijacked')) {
    const victims = ringed(ring, 'victim')
    const others = ring.events.filter(({ account }) => !victims.includes(account))
    const theirs = users(others, 'device')

    expect(victims.length).toBeGreaterThan(0)
    expect(ringed(ring).length).toBeGreaterThan(victims.length)
    for (const { account, identifiers } of ring.events) {
      if (victims.includes(account)) expect(theirs.has(identifiers?.device ?? '')).toBe(true)
    }
  }
})

test('a bridge joins two rings by one account', () => {
  for (const plan of many('bridge')) {
    const rings = Map.groupBy(
      plan.truth.filter(({ ring }) => ring !== null),
      ({ ring }) => ring,
    )
    const ringOf = new Map(plan.truth.map(({ account, ring }) => [account, ring]))
    const crossing = [...users(plan.events, 'device').values()].filter(
      (accounts) => new Set([...accounts].map((account) => ringOf.get(account))).size > 1,
    )
    const both = crossing.map((accounts) => {
      const [ours = []] = [...Map.groupBy(accounts, (account) => ringOf.get(account)).values()].toSorted(
        (a, b) => a.length - b.length,
      )
      return ours
    })

    expect(rings.size).toBe(2)
    expect(crossing.length).toBeGreaterThan(0)
    expect(both.some((ours) => ours.length === 1)).toBe(true)
  }
})

test('a ring that poisons shows things of innocent people, who are bystanders', () => {
  const counts = many('poisoning').map((ring) => {
    const owned = new Set(
      ring.place.residents.flatMap(({ devices, cards }) => [...devices, ...cards].map(({ thing }) => thing)),
    )
    const shown = (['device', 'payment'] as const).flatMap((kind) =>
      [...users(ring.events, kind).keys()].filter((thing) => owned.has(thing)),
    )
    return { things: shown.length, bystanders: ring.truth.filter(({ role }) => role === 'bystander').length }
  })

  expect(share(counts, ({ things }) => things > 0)).toBeGreaterThan(0.8)
  expect(counts.filter(({ things, bystanders }) => things > 0 && bystanders === 0)).toEqual([])
})

test('a ring on a crowded line works from where many residents are', () => {
  for (const ring of many('crowded_line', 15)) {
    const lines = new Map<Network, number>()
    for (const { thing } of ring.place.residents.flatMap(({ networks }) => networks))
      lines.set(thing, (lines.get(thing) ?? 0) + 1)
    const crowded = [...lines].filter(([, count]) => count >= 5).map(([line]) => addresses(line))
    const reached = new Set(
      ring.events
        .filter(({ identifiers }) => crowded.some((line) => line.has(identifiers?.ip ?? '')))
        .map(({ account }) => account),
    )

    expect(crowded.length).toBeGreaterThan(4)
    expect(reached.size).toBe(ringed(ring).length)
    expect(crowdest(ring.events, 'device')).toBe(1)
  }
})
