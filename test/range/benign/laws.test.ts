import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { plainCustomers } from '../../../range/benign/plain.ts'
import { worlds } from '../../../range/worlds.ts'
import { placeWith, planOf, times } from './made-place.ts'

const populations = [
  ...new Set(Object.values(worlds).flatMap((world) => world.populations.map(([population]) => population))),
].map((population) => [population.name, population] as const)

/** Whom people meet without knowing it. */
const lines = 'vpn relay nat-\\d carrier-\\d campus-\\d+'
const seeds = fc.integer({ min: 0, max: 1e6 })

test('each has a name of its own', () => {
  expect(new Set(populations.map(([name]) => name)).size).toBe(populations.length)
})

describe.each(populations)('%s', (name, population) => {
  const orders = fc.record({ seed: seeds, room: fc.integer({ min: population.accountsMin, max: 160 }) })

  test('settles somebody, keeps within its room, and tells the truth of each', () => {
    fc.assert(
      fc.property(orders, (order) => {
        const { settlers, truth } = planOf(population, order)
        const accounts = settlers.map(({ account }) => account)

        expect(settlers.length).toBeGreaterThan(0)
        expect(settlers.length).toBeLessThanOrEqual(order.room)
        expect(truth.map(({ account }) => account)).toEqual(accounts)
        expect(new Set(accounts).size).toBe(accounts.length)
        expect(truth.every(({ role, ring, attack }) => role === 'benign' && !ring && !attack)).toBe(true)
      }),
    )
  })

  test('names what its people honestly share', () => {
    const groups = Array.from({ length: 60 }, (_, seed) => planOf(population, { seed }).truth).map((lines_) =>
      lines_.map(({ group }) => group),
    )
    const named = new RegExp(`^(${name}(-0-7)?|${lines.replaceAll(' ', '|')})$`)

    for (const group of groups.flat()) {
      if (population !== plainCustomers) expect(group).not.toBeNull()
      if (group !== null) expect(group).toMatch(named)
    }
    // A group is one group: its people carry one name.
    expect(groups.every((mine) => new Set(mine).size === 1)).toBe(true)
  })

  test('shows everybody within the window, from birth on, and nobody else', () => {
    fc.assert(
      fc.property(orders, (order) => {
        const { settlers, events } = planOf(population, order)
        const bornAt = new Map(settlers.map((person) => [person.account, person.bornAt]))
        const seen = events.filter(({ at }) => at >= times.startAt && at < times.endAt)

        expect(new Set(seen.map(({ account }) => account))).toEqual(new Set(bornAt.keys()))
        expect(events.every(({ at, account }) => at >= (bornAt.get(account) ?? Infinity))).toBe(true)
        expect(events.every(({ at }) => at >= times.startAt)).toBe(true)
        expect(
          events.every(({ session, identifiers }) => !session || (identifiers?.device && identifiers.ip)),
        ).toBe(true)
      }),
    )
  })

  test('is the same for its stream whoever lives there, but for whom it pays', () => {
    fc.assert(
      fc.property(orders, (order) => {
        const { settlers } = planOf(plainCustomers, { seed: order.seed + 1 })
        const [alone, again] = [planOf(population, order), planOf(population, order)]
        const among = planOf(population, { ...order, place: placeWith(settlers) })

        expect(JSON.stringify(again)).toBe(JSON.stringify(alone))
        expect(JSON.stringify(among.settlers)).toBe(JSON.stringify(alone.settlers))
        expect(among.truth).toEqual(alone.truth)
      }),
      { numRuns: 20 },
    )
  })
})
