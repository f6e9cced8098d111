import { beforeAll, describe, expect, test } from '@jest/globals'
import { caughtBy, type Evasions, learn, noEvasions } from '../../range/adaptive/attacker.ts'
import { evaded } from '../../range/adaptive/evade.ts'
import type { TruthLine } from '../../range/truth.ts'
import { eventFaults, holdsLuhnNumber } from './contract.ts'
import { type MadeEvent, type MadeWorld, makeWorld } from './made-world.ts'

describe('an attacker', () => {
  const line = (account: string, ring: string | null): TruthLine => ({
    account,
    ring,
    attack: ring && 'farm',
    role: ring ? 'member' : 'benign',
    group: null,
  })
  const truth = [...'abcd'].map((account) => line(account, 'one')).concat(line('e', 'two'), line('f', null))

  test('sees the ring that holds most of its accounts, and none that holds but one', () => {
    const rings = ['ab', 'cdef', 'cde'].map((accounts) => ({ accounts: [...accounts] }))

    expect([...caughtBy(truth, rings)]).toEqual([['one', rings[0]]])
    expect([...caughtBy(truth, rings.slice(1))]).toEqual([['one', rings[1]]])
    expect(caughtBy(truth, [{ accounts: ['a', 'f'] }]).size).toBe(0)
  })

  test('changes one more kind a round, the most decisive it still shares', () => {
    const caught = new Map([['one', { decisive: ['device', 'payout'] }]])
    const rounds = [learn(noEvasions, caught)]
    for (let round = 0; round < 3; round += 1) rounds.push(learn(rounds.at(-1) ?? noEvasions, caught))

    expect(rounds.map((evasions) => [...(evasions.get('one') ?? [])])).toEqual([
      ['device'],
      ['device', 'payout'],
      ['device', 'payout'],
      ['device', 'payout'],
    ])
    expect(learn(rounds[1] ?? noEvasions, new Map())).toEqual(rounds[1])
  })
})

describe.each(['town', 'purse'])('rings of %s that have learnt', (world) => {
  const kinds = ['device', 'cookie', 'ip', 'email', 'phone', 'payout', 'payment', 'address', 'document']
  let made: MadeWorld
  let evasions: Evasions
  let events: readonly MadeEvent[]
  let lines: readonly string[]
  beforeAll(async () => {
    made = await makeWorld({ world, seed: 3, accounts: 3_000 })
    const rings = [...new Set(made.truth.flatMap(({ ring }) => ring ?? []))]
    // Every second ring has learnt all there is.
    evasions = new Map(rings.filter((_, n) => n % 2 === 0).map((ring) => [ring, new Set(kinds)]))
    lines = evaded(made.lines.events, made.truth, evasions)
    events = lines.map((line) => JSON.parse(line) as MadeEvent)
  })

  test('share nothing more of those kinds', () => {
    const ringOf = new Map(made.truth.map(({ account, ring }) => [account, ring]))
    const users = new Map<string, Set<string>>()
    for (const { account, identifiers = {} } of events) {
      const ring = ringOf.get(account)
      if (!ring || !evasions.has(ring)) continue
      for (const kind of kinds) {
        const key = `${ring} ${kind} ${identifiers[kind]}`
        if (identifiers[kind] !== undefined) users.set(key, (users.get(key) ?? new Set()).add(account))
      }
    }

    expect(users.size).toBeGreaterThan(100)
    expect([...users].filter(([, accounts]) => accounts.size > 1)).toEqual([])
  })

  test('leave everybody else as they are, and of themselves all that they shared with nobody', () => {
    const changed = events.flatMap((event, place) => {
      const before = made.events[place]
      return lines[place] === made.lines.events[place] ? [] : [{ event, before }]
    })
    const learnt = new Set(
      made.truth.flatMap(({ account, ring }) => (ring && evasions.has(ring) ? account : [])),
    )

    expect(changed.length).toBeGreaterThan(100)
    expect(changed.filter(({ event }) => !learnt.has(event.account))).toEqual([])
    const bare = (event: MadeEvent | undefined) => ({ ...event, identifiers: undefined })
    expect(changed.map(({ event }) => bare(event))).toEqual(changed.map(({ before }) => bare(before)))
    const kept = events.filter(
      ({ account, identifiers = {} }, place) =>
        learnt.has(account) && identifiers['device'] === made.events[place]?.identifiers?.['device'],
    )
    expect(kept.length).toBeGreaterThan(20)
  })

  test('speak the data contract, and no line may be taken for a card', () => {
    expect(events.flatMap((event) => eventFaults({ ...event }))).toEqual([])
    expect(lines.filter(holdsLuhnNumber)).toEqual([])
  })
})
