import { describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { eventLine } from '../../../range/event.ts'
import type { Attack } from '../../../range/plan.ts'
import { Random } from '../../../range/random.ts'
import { fraudRoles } from '../../../range/truth.ts'
import { eventFaults, holdsLuhnNumber } from '../contract.ts'
import { attacks, dayMs, lives, type Planned, placeOf, planned, ringed, ringId } from './planned.ts'

const matureMs = 60 * dayMs
const table = [...attacks, ...lives].map((attack) => [attack.name, attack] as const)

const seeds = fc.integer({ min: 0, max: 2 ** 31 })
const rooms = ({ accountsMin, accountsMax = 60 }: Attack) =>
  fc.oneof(
    fc.constant(accountsMin),
    fc.integer({ min: accountsMin, max: accountsMin + 8 }),
    fc.integer({ min: accountsMin, max: accountsMax }),
  )

/** Two halves of it were one account more. */
const oddRoom: [number, number] = [1_734_672_102, 19]

function always(attack: Attack, holds: (plan: Planned, room: number) => void): void {
  const property = fc.property(seeds, rooms(attack), (seed, room) => holds(planned(attack, seed, room), room))
  const numRuns = attack.accountsMax === undefined ? 25 : 5
  fc.assert(property, { numRuns, examples: attack.accountsMin <= oddRoom[1] ? [oddRoom] : [] })
}

const requestOf = ({ name, accountsMin }: Attack) => ({
  random: new Random(9, `other/${name}`),
  room: accountsMin + 5,
  id: 'other-0-0',
})

const residentsOf = ({ place }: Planned) =>
  new Map(place.residents.map((person) => [person.account, person] as const))

test('attacks have names of their own', () => {
  expect(new Set(table.map(([name]) => name)).size).toBe(table.length)
})

describe.each(table)('%s', (name, attack) => {
  test('stays within its room, and is more than one account', () => {
    always(attack, (plan, room) => {
      const accounts = ringed(plan)

      expect(accounts.length).toBeLessThanOrEqual(room)
      expect(accounts.length).toBeGreaterThan(1)
    })
  })

  test('tells one truth of each account, under its own name', () => {
    always(attack, ({ truth, settlers }) => {
      expect(settlers).toEqual([])
      expect(new Set(truth.map(({ account }) => account)).size).toBe(truth.length)
      for (const line of truth) {
        const carries = fraudRoles.has(line.role) || line.role === 'victim'
        expect([line.role, line.attack]).toEqual([line.role, carries ? name : null])
        expect(line.ring?.startsWith(ringId) ?? false).toBe(carries)
      }
    })
  })

  test('happens to accounts of its ring alone, all of which are seen in the window', () => {
    always(attack, (plan) => {
      expect(new Set(plan.events.map(({ account }) => account))).toEqual(new Set(ringed(plan)))
      expect(plan.events.every(({ at }) => at >= plan.place.startAt)).toBe(true)
    })
  })

  test('names nobody who is not there', () => {
    always(attack, (plan) => {
      const known = new Set([...residentsOf(plan).keys(), ...ringed(plan)])
      const named = plan.events.flatMap(({ counterparties = [] }) => counterparties)

      expect(named.filter(({ account }) => !known.has(account))).toEqual([])
    })
  })

  test('takes part with its own accounts, and robs grown ones of residents', () => {
    always(attack, (plan) => {
      const residents = residentsOf(plan)
      for (const { account, role, since = Number.NaN } of plan.truth) {
        const person = residents.get(account)
        expect([role, person !== undefined]).toEqual([role, !fraudRoles.has(role)])
        if (role === 'bystander') continue
        expect(since).toBeGreaterThanOrEqual(plan.place.startAt)
        expect(since).toBeLessThan(plan.place.endAt)
        if (person === undefined) continue
        expect(since - person.bornAt).toBeGreaterThanOrEqual(matureMs)
        expect(plan.events.some((event) => event.account === account && event.at < since)).toBe(false)
      }
    })
  })

  test('does nothing with an account before it is opened', () => {
    always(attack, ({ events }) => {
      for (const [, mine] of Map.groupBy(events, ({ account }) => account)) {
        const joined = mine.filter(({ type }) => type === 'signup')
        expect(joined.length).toBeLessThan(2)
        const [{ at } = { at: 0 }] = joined
        expect(mine.filter((event) => event.at < at)).toEqual([])
        expect(mine.filter(({ createdAt = 0, at: seenAt }) => createdAt > seenAt)).toEqual([])
      }
    })
  })

  test('makes bystanders of those whose device or card is in it, and of nobody it does not touch', () => {
    always(attack, (plan) => {
      const accounts = new Set(ringed(plan))
      const shown = new Set(plan.events.flatMap(({ identifiers }) => Object.values(identifiers ?? {})))
      const robbed = plan.place.residents.filter(({ account }) => accounts.has(account))
      const theirs = new Set(
        robbed.flatMap(({ devices, cards, networks }) =>
          [...devices, ...cards, ...networks].map(({ thing }) => thing),
        ),
      )
      for (const { account, devices, cards, networks } of plan.place.residents) {
        if (accounts.has(account)) continue
        const things = [...devices, ...cards].map(({ thing }) => thing)
        const isNear = things.some((thing) => shown.has(thing))
        const isBystander = plan.roles.get(account) === 'bystander'
        if (isNear) expect(isBystander).toBe(true)
        if (!isBystander || isNear) continue
        // A housemate of a victim, or on a line the ring came from; what that line is called then, nobody can say here.
        const lines = networks.map(({ thing }) => thing)
        const isTouched = [...things, ...lines].some((thing) => theirs.has(thing))
        if (name !== 'poisoning' && name !== 'card_testing') expect(isTouched).toBe(true)
      }
    })
  })

  test('speaks the data contract, and writes nothing that could be a card number', () => {
    always(attack, ({ events }) => {
      const lines = events.map((event, n) => eventLine(event, n))

      expect(lines.flatMap((line) => eventFaults(JSON.parse(line) as Record<string, unknown>))).toEqual([])
      expect(lines.filter(holdsLuhnNumber)).toEqual([])
    })
  })

  test('draws from its own stream and no other', () => {
    const clock = jest.spyOn(Date, 'now')
    const dice = jest.spyOn(Math, 'random')
    const before = planned(attack, 77)
    for (const other of attacks) other.plan(placeOf(77), requestOf(other))
    const after = planned(attack, 77)
    const drawn = clock.mock.calls.length + dice.mock.calls.length
    clock.mockRestore()
    dice.mockRestore()

    expect(JSON.stringify([after.events, after.truth])).toBe(JSON.stringify([before.events, before.truth]))
    expect(JSON.stringify(planned(attack, 78).events)).not.toBe(JSON.stringify(before.events))
    expect(drawn).toBe(0)
  })
})
