import { beforeAll, describe, expect, test } from '@jest/globals'
import { townAttacks } from '../../range/attacks/catalogue.ts'
import { noNoise } from '../../range/noise.ts'
import { fraudRoles } from '../../range/truth.ts'
import { generateWorld } from '../../range/world.ts'
import { worldNames } from '../../range/worlds.ts'
import { eventFaults, holdsLuhnNumber, isLabel, isTruth } from './contract.ts'
import { digestOf, type MadeWorld, makeWorld } from './made-world.ts'

// What is lost or late on its way to us has laws of its own (noise.test.ts).
const order = { world: 'town', seed: 5, accounts: 4_200, noise: noNoise }
const startAt = Date.parse('2026-01-01T00:00:00Z')
const endAt = startAt + 90 * 86_400_000

describe('a town of 4,200', () => {
  let town: MadeWorld
  beforeAll(async () => {
    town = await makeWorld(order)
  })

  test('is the same again for its seed, and another for another', async () => {
    const [again, other] = [await makeWorld(order), await makeWorld({ ...order, seed: 6 })]

    expect(digestOf(again)).toBe(digestOf(town))
    expect(digestOf(other)).not.toBe(digestOf(town))
    const theirs = new Set(other.truth.map(({ account }) => account))
    expect(town.truth.filter(({ account }) => theirs.has(account))).toEqual([])
  })

  test('speaks the data contract in every event, label and line of truth', () => {
    const faulty = town.events.flatMap((event) => {
      const faults = eventFaults({ ...event })
      return faults.length > 0 ? [{ event, faults }] : []
    })

    expect(faulty).toEqual([])
    expect(town.labels.filter((label) => !isLabel({ ...label }))).toEqual([])
    expect(town.truth.filter((line) => !isTruth({ ...line }))).toEqual([])
  })

  test('never writes what could be a card number', () => {
    expect(town.lines.events.filter(holdsLuhnNumber)).toEqual([])
  })

  test('has exactly as many accounts as ordered, and tells the truth of exactly those seen', () => {
    const told = town.truth.map(({ account }) => account)

    expect(told).toHaveLength(order.accounts)
    expect(new Set(told)).toEqual(new Set(town.events.map(({ account }) => account)))
    expect(new Set(told).size).toBe(told.length)
  })

  test('names only accounts of its own as counterparties and in labels', () => {
    const accounts = new Set(town.truth.map(({ account }) => account))
    const named = [...town.events.flatMap(({ counterparties = [] }) => counterparties), ...town.labels]

    expect(named.filter(({ account }) => !accounts.has(account))).toEqual([])
  })

  test('gives every event an id of its own', () => {
    expect(new Set(town.events.map(({ eventId }) => eventId)).size).toBe(town.events.length)
  })

  test('happens within its window, and to nobody before birth', () => {
    const times = town.events.map(({ occurredAt }) => Date.parse(occurredAt))
    const bornAt = new Map<string, number>()
    for (const { account, type, occurredAt, accountCreatedAt } of town.events) {
      const told = type === 'signup' ? occurredAt : accountCreatedAt
      if (told) bornAt.set(account, Math.min(Date.parse(told), bornAt.get(account) ?? Infinity))
    }

    expect(times.every((at) => at >= startAt && at < endAt)).toBe(true)
    expect(
      town.events.filter(({ account, occurredAt }) => Date.parse(occurredAt) < (bornAt.get(account) ?? 0)),
    ).toEqual([])
  })

  test('tells events in order of time within a neighbourhood', () => {
    const times = town.events.map(({ occurredAt }) => occurredAt)
    const breaks = times.filter((at, n) => n > 0 && at < (times[n - 1] ?? ''))

    expect(breaks).toHaveLength(1)
  })

  test('counts what it wrote', () => {
    const ringed = town.truth.filter(({ ring }) => ring !== null)

    expect(town.counts).toEqual({
      events: town.events.length,
      accounts: town.truth.length,
      rings: new Set(ringed.map(({ ring }) => ring)).size,
      ringed: ringed.length,
      victims: town.truth.filter(({ role }) => role === 'victim').length,
      bystanders: town.truth.filter(({ role }) => role === 'bystander').length,
      labels: town.labels.length,
      linkable: town.counts.linkable,
    })
    expect(town.counts.linkable).toBeGreaterThan(0.9)
    expect(town.counts.linkable).toBeLessThan(1)
  })

  test('has people who were there before it and people who join', () => {
    const signups = new Set(town.events.filter(({ type }) => type === 'signup').map(({ account }) => account))
    const dated = new Set(
      town.events.flatMap(({ account, accountCreatedAt: at = '' }) =>
        at !== '' && Date.parse(at) < startAt ? [account] : [],
      ),
    )

    expect(signups.size / town.truth.length).toBeGreaterThan(0.25)
    expect(signups.size / town.truth.length).toBeLessThan(0.4)
    expect(dated.size / town.truth.length).toBeGreaterThan(0.2)
    expect([...dated].filter((account) => signups.has(account))).toEqual([])
  })
})

describe('worlds', () => {
  test.each([
    ['town', 500, 0.035, 0.05],
    ['town', 2_000, 0.045, 0.05],
    ['town', 7_000, 0.048, 0.05],
    ['quiet', 2_000, 0.0025, 0.005],
    ['quiet', 7_000, 0.003, 0.005],
    ['market', 2_000, 0.045, 0.05],
    ['stream', 2_000, 0.045, 0.05],
    ['market-quiet', 7_000, 0.003, 0.005],
    ['stream-quiet', 7_000, 0.003, 0.005],
  ])('%s of %i keeps its prevalence', async (world, accounts, least, most) => {
    const { counts } = await makeWorld({ world, seed: 11, accounts })

    expect(counts.ringed / counts.accounts).toBeGreaterThanOrEqual(least)
    expect(counts.ringed / counts.accounts).toBeLessThanOrEqual(most)
  })

  test.each(worldNames)('%s speaks the data contract, and no line may be taken for a card', async (world) => {
    const { lines, events, labels, truth } = await makeWorld({ world, seed: 3, accounts: 1_500 })

    expect(events.flatMap((event) => eventFaults({ ...event }))).toEqual([])
    expect(labels.filter((label) => !isLabel({ ...label }))).toEqual([])
    expect(truth.filter((line) => !isTruth({ ...line }))).toEqual([])
    expect(lines.events.filter(holdsLuhnNumber)).toEqual([])
    expect(new Set(truth.map(({ account }) => account))).toEqual(
      new Set(events.map(({ account }) => account)),
    )
  })

  test('a town of 20,000 sees every attack, about as often as its weight says', async () => {
    const { truth } = await makeWorld({ world: 'town', seed: 4, accounts: 20_000 })
    const rings = Map.groupBy(
      truth.filter(({ ring }) => ring !== null),
      ({ ring }) => ring,
    )
    const attacks = [...rings.values()].map(([line]) => line?.attack)
    const times = [...Map.groupBy(attacks, (attack) => attack).values()].map(({ length }) => length)
    const large = [...rings.values()].filter(({ length }) => length > 60)

    expect(times).toHaveLength(townAttacks.length)
    expect(Math.max(...times)).toBeLessThanOrEqual(8)
    // Fraud is spared for it in the places before.
    expect(large.map(([line]) => line?.attack)).toEqual(['emulator_farm'])
    expect(large[0]?.length).toBeGreaterThanOrEqual(100)
  })

  test('a small town sees a dozen attacks', async () => {
    const { truth } = await makeWorld({ world: 'town', seed: 2, accounts: 3_000 })

    expect(new Set(truth.flatMap(({ attack }) => attack ?? [])).size).toBeGreaterThanOrEqual(8)
  })

  test('reviewers know an eighth of the fraud, late, and err seldom', async () => {
    const made = await Promise.all(
      [21, 22].map((seed) => makeWorld({ world: 'town', seed, accounts: 12_000 })),
    )
    const [truth, labels] = [made.flatMap((world) => world.truth), made.flatMap((world) => world.labels)]
    const roleOf = new Map(truth.map(({ account, role }) => [account, role]))
    const byRole = Object.groupBy(labels, ({ account }) => {
      const role = roleOf.get(account) ?? 'benign'
      return fraudRoles.has(role) ? 'fraud' : role === 'victim' ? 'victim' : 'honest'
    })
    const share = (found = 0, all = 1) => found / all
    const frauds = truth.filter(({ role }) => fraudRoles.has(role)).length

    expect(share(byRole.fraud?.length, frauds)).toBeGreaterThan(0.08)
    expect(share(byRole.fraud?.length, frauds)).toBeLessThan(0.16)
    expect(share(byRole.honest?.length, truth.length)).toBeGreaterThan(0.0007)
    expect(share(byRole.honest?.length, truth.length)).toBeLessThan(0.0025)
    expect(byRole.victim?.every(({ label }) => label === 'victim')).toBe(true)
    expect(labels.every(({ at }) => Date.parse(at) >= startAt && Date.parse(at) < endAt)).toBe(true)
  })

  test('may be one where people come seldom, and is told as others are', async () => {
    const seldom = await makeWorld({ ...order, tempo: 0.28 })
    const perAccount = seldom.counts.events / order.accounts

    expect(perAccount).toBeGreaterThan(5)
    expect(perAccount).toBeLessThan(8)
    expect(seldom.counts.accounts).toBe(order.accounts)
    expect(seldom.counts.rings).toBeGreaterThan(5)
    expect(seldom.events.flatMap((event) => eventFaults({ ...event }))).toEqual([])
  })

  test('may start on another day, and are the same then but for the days', async () => {
    const later = await makeWorld({ ...order, accounts: 500, startAt: startAt + 365 * 86_400_000 })

    expect(
      later.events
        .map(({ occurredAt }) => occurredAt)
        .toSorted()[0]
        ?.slice(0, 7),
    ).toBe('2027-01')
    expect(later.truth.map(({ role }) => role)).toEqual(
      (await makeWorld({ ...order, accounts: 500 })).truth.map(({ role }) => role),
    )
  })

  test('an order that cannot be filled is refused', async () => {
    const nowhere = { events: async () => {}, labels: async () => {}, truth: async () => {} }
    const make = (change: object) => generateWorld({ ...order, ...change }, nowhere)

    for (const world of ['atlantis', 'toString', ''])
      await expect(make({ world })).rejects.toThrow(RangeError)
    for (const accounts of [499, 500.5, Number.NaN, Infinity])
      await expect(make({ accounts })).rejects.toThrow(RangeError)
    await expect(make({ seed: 0.5 })).rejects.toThrow(RangeError)
    await expect(make({ startAt: Number.NaN })).rejects.toThrow('whole millisecond')
    expect(worldNames.join(' ')).toBe(
      'town quiet market market-quiet stream stream-quiet lives town-drawn market-drawn stream-drawn',
    )
  })
})
