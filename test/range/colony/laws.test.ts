/** What holds in every colony, whatever its seed. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { colonies, colonyNames } from '../../../range/colony/colonies.ts'
import { fraudRoles } from '../../../range/truth.ts'
import { worldNames } from '../../../range/world.ts'
import { eventFaults, holdsLuhnNumber, isLabel, isTruth } from '../contract.ts'
import { digestOf, type MadeWorld, makeWorld } from '../made-world.ts'

const startAt = Date.parse('2026-01-01T00:00:00Z')
const dayMs = 86_400_000

describe.each(['bazaar', 'airwaves', 'purse'])('%s', (world) => {
  const order = { world, seed: 5, accounts: 5_200 }
  let made: MadeWorld
  beforeAll(async () => {
    made = await makeWorld(order)
  })

  test('is the same again for its seed, and another for another', async () => {
    const [again, other] = [await makeWorld(order), await makeWorld({ ...order, seed: 6 })]

    expect(digestOf(again)).toBe(digestOf(made))
    const known = new Set(made.events.flatMap(({ identifiers = {} }) => Object.values(identifiers)))
    const met = other.events.flatMap(({ identifiers = {} }) =>
      Object.entries(identifiers).filter(([kind, value]) => kind !== 'ip' && known.has(value)),
    )
    // Telephone numbers are few enough to meet now and then.
    expect(met.filter(([kind]) => kind !== 'phone')).toEqual([])
    const theirs = new Set(other.truth.map(({ account }) => account))
    expect(made.truth.filter(({ account }) => theirs.has(account))).toEqual([])
  })

  test('names only accounts of its own, and every event by an id of its own', () => {
    const accounts = new Set(made.truth.map(({ account }) => account))
    const named = [...made.events.flatMap(({ counterparties = [] }) => counterparties), ...made.labels]

    expect(named.filter(({ account }) => !accounts.has(account))).toEqual([])
    expect(new Set(made.events.map(({ eventId }) => eventId)).size).toBe(made.events.length)
  })

  test('counts what it wrote', () => {
    const ringed = made.truth.filter(({ ring }) => ring !== null)

    expect(made.counts).toEqual({
      events: made.events.length,
      accounts: made.truth.length,
      rings: new Set(ringed.map(({ ring }) => ring)).size,
      ringed: ringed.length,
      victims: made.truth.filter(({ role }) => role === 'victim').length,
      bystanders: made.truth.filter(({ role }) => role === 'bystander').length,
      labels: made.labels.length,
      linkable: made.counts.linkable,
    })
  })

  test('keeps every ring to one crime, with somebody who leads it and more than one who takes part', () => {
    const rings = Map.groupBy(
      made.truth.filter(({ ring }) => ring !== null),
      ({ ring }) => ring,
    )

    for (const members of rings.values()) {
      expect(new Set(members.map(({ attack }) => attack)).size).toBe(1)
      expect(members.some(({ role }) => role === 'operator')).toBe(true)
      expect(members.filter(({ role }) => fraudRoles.has(role)).length).toBeGreaterThan(1)
    }
  })
})

test('every order tells the truth of exactly those seen, in time, by the contract, near its prevalence', async () => {
  const orders = fc.record({
    world: fc.constantFrom(...colonyNames),
    seed: fc.integer(),
    accounts: fc.integer({ min: 500, max: 2_600 }),
  })

  await fc.assert(
    fc.asyncProperty(orders, async (order) => {
      const made = await makeWorld({ ...order, startAt })
      checkLines(made)
      checkTimes(made, startAt + (colonies[order.world]?.days ?? 0) * dayMs)
      const told = made.truth.map(({ account }) => account)
      expect(told).toHaveLength(order.accounts)
      expect(new Set(told).size).toBe(told.length)
      expect(new Set(told)).toEqual(new Set(made.events.map(({ account }) => account)))
      const wanted = (colonies[order.world]?.prevalence ?? 0) * order.accounts
      expect(made.counts.ringed).toBeLessThanOrEqual(wanted)
      // What is too little for the next ring is left out.
      expect(made.counts.ringed).toBeGreaterThanOrEqual(wanted - Math.max(3, wanted / 3))
    }),
    // A gang at work before its victim signed up.
    { numRuns: 12, examples: [[{ world: 'bazaar', seed: 2_049_913_195, accounts: 2_339 }]] },
  )
})

function checkLines({ lines, events, labels, truth }: MadeWorld): void {
  expect(events.flatMap((event) => eventFaults({ ...event }))).toEqual([])
  expect(labels.filter((label) => !isLabel({ ...label }))).toEqual([])
  expect(truth.filter((line) => !isTruth({ ...line }))).toEqual([])
  expect(lines.events.filter(holdsLuhnNumber)).toEqual([])
}

function checkTimes({ events, labels }: MadeWorld, endAt: number): void {
  const bornAt = new Map<string, number>()
  for (const { account, type, occurredAt, accountCreatedAt } of events) {
    const told = type === 'signup' ? occurredAt : accountCreatedAt
    if (told) bornAt.set(account, Date.parse(told))
  }
  const times = [...events.map(({ occurredAt }) => occurredAt), ...labels.map(({ at }) => at)]
  expect(times.filter((at) => Date.parse(at) < startAt || Date.parse(at) >= endAt)).toEqual([])
  expect(
    events.filter(({ account, occurredAt }) => Date.parse(occurredAt) < (bornAt.get(account) ?? 0)),
  ).toEqual([])
}

test.each([
  ['bazaar', 20_000],
  ['airwaves-calm', 20_000],
])('%s of %i has the prevalence it was ordered with', async (world, accounts) => {
  const { counts } = await makeWorld({ world, seed: 11, accounts })
  const wanted = colonies[world]?.prevalence ?? 0

  expect(counts.ringed / counts.accounts / wanted).toBeGreaterThan(0.8)
  expect(counts.ringed / counts.accounts / wanted).toBeLessThanOrEqual(1)
})

test('reviewers know an eighth of the fraud, after it happened, and err seldom', async () => {
  const { truth, labels } = await makeWorld({ world: 'bazaar', seed: 21, accounts: 20_000 })
  const labelled = new Map(labels.map((label) => [label.account, label.label]))
  const share = (of: (role: string) => boolean, label: string) => {
    const some = truth.filter(({ role }) => of(role))
    return some.filter(({ account }) => labelled.get(account) === label).length / some.length
  }
  const frauds: ReadonlySet<string> = fraudRoles

  expect(share((role) => frauds.has(role), 'fraud')).toBeGreaterThan(0.08)
  expect(share((role) => frauds.has(role), 'fraud')).toBeLessThan(0.16)
  expect(share((role) => role === 'benign' || role === 'bystander', 'fraud')).toBeGreaterThan(0.0005)
  expect(share((role) => role === 'benign' || role === 'bystander', 'fraud')).toBeLessThan(0.003)
  expect(share((role) => role === 'victim', 'fraud')).toBe(0)
})

test('a world may start on another day, and is the same then but for the days', async () => {
  const order = { world: 'purse', seed: 3, accounts: 600 }
  const [now, later] = [await makeWorld(order), await makeWorld({ ...order, startAt: startAt + 365 * dayMs })]

  expect(later.truth).toEqual(now.truth)
  expect(later.events.every(({ occurredAt }) => occurredAt.startsWith('2027-'))).toBe(true)
})

test('every colony can be ordered by its name', () => {
  expect(worldNames).toEqual(expect.arrayContaining([...colonyNames]))
  expect(new Set(worldNames).size).toBe(worldNames.length)
})
