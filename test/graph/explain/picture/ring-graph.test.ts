import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type RingGraph, ringGraph } from '../../../../graph/explain/picture/ring-graph.ts'
import { explainRing } from '../../../../graph/explain/ring.ts'
import { runsFor } from '../../../support/core/arbitraries.ts'
import { publishedWorld, smallWorlds } from '../../../support/core/published-world.ts'
import { seen } from '../../../support/core/states.ts'

const key = ({ kind, ref }: { kind: string; ref: string }): string => `${kind}:${ref}`
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const whole = 2_000

test('holds every account, and evidence that adds up to that of the ring’s links', async () => {
  await fc.assert(
    fc.asyncProperty(smallWorlds, async (events) => {
      const { state, rings, options } = await publishedWorld(events)
      for (const ring of rings) {
        const graph = await ringGraph(state, ring, { ...options, budget: whole })
        const { ties } = await explainRing(state, ring, options)

        expect(graph.accounts.map(({ member }) => member.account).toSorted()).toEqual(
          ring.members.map(({ account }) => account),
        )
        expect(graph.truncated).toBe(false)
        // A link is at both of its accounts.
        expect(sum(graph.uses.map(({ evidence }) => evidence))).toBeCloseTo(
          2 * sum(ties.map(({ evidence }) => evidence)),
          2,
        )
        for (const one of graph.identifiers) {
          const own = graph.uses.filter((use) => key(use) === key(one))
          expect(own).toHaveLength(one.members)
          expect(sum(own.map(({ evidence }) => evidence))).toBeCloseTo(2 * one.evidence, 2)
        }
      }
    }),
    runsFor(60),
  )
})

test('what justifies it is used by every account that anything ties, and none of it is idle', async () => {
  await fc.assert(
    fc.asyncProperty(smallWorlds, async (events) => {
      const { state, rings, options } = await publishedWorld(events)
      for (const ring of rings) {
        const { identifiers, uses } = await ringGraph(state, ring, { ...options, budget: whole })
        const justifying = identifiers.filter(({ justifies }) => justifies).map(key)
        const coveredBy = (keys: readonly string[]) =>
          new Set(uses.flatMap((use) => (keys.includes(key(use)) ? [use.account] : [])))

        const all = new Set(uses.map(({ account }) => account))
        expect(coveredBy(justifying)).toEqual(all)
        expect(justifying.length).toBeLessThanOrEqual(all.size)
      }
    }),
    runsFor(60),
  )
})

test('never holds more than its budget, nor an edge to what is left out, and counts what that is', async () => {
  await fc.assert(
    fc.asyncProperty(smallWorlds, fc.integer({ min: 2, max: 14 }), async (events, budget) => {
      const { state, rings, options } = await publishedWorld(events)
      for (const ring of rings) {
        const all = await ringGraph(state, ring, { ...options, budget: whole })
        const some = await ringGraph(state, ring, { ...options, budget })

        expect(some.accounts.length + some.identifiers.length).toBeLessThanOrEqual(budget)
        expect(namesOf(some).edges.every((edge) => namesOf(all).edges.includes(edge))).toBe(true)
        for (const { account, ...use } of some.uses) {
          expect(namesOf(some).accounts).toContain(account)
          expect(namesOf(some).identifiers).toContain(key(use))
        }
        for (const part of ['accounts', 'identifiers', 'uses'] as const) {
          expect(some.omitted[part]).toBe(all[part].length - some[part].length)
        }
        expect(some.truncated).toBe(all.accounts.length + all.identifiers.length > budget)
      }
    }),
    runsFor(60),
  )
})

const namesOf = ({ accounts, identifiers, uses }: RingGraph) => ({
  accounts: accounts.map(({ member }) => member.account),
  identifiers: identifiers.map(key),
  edges: uses.map((use) => `${use.account} ${key(use)}`),
})

describe('of a ring whose accounts also share an address with a town', () => {
  const ring = ['a', 'b', 'c', 'd'].map((who) => seen(who, ['device:d1', 'ip:town']))
  const town = Array.from({ length: 300 }, (_, i) => seen(`town${i}`, ['ip:town']))

  test('whoever uses it is told by what ties them to those who carry risk, cut as the accounts are', async () => {
    const { state, rings, options } = await publishedWorld([
      ...ring,
      ...town,
      seen('d', ['cookie:c', 'ip:town']),
      seen('c', ['cookie:c']),
    ])
    const found = rings.find(({ members }) => members.some(({ account }) => account === 'a'))
    if (!found) throw new Error('The ring is found')
    const members = found.members.map((one) =>
      one.account === 'c' ? { ...one, role: 'core' as const } : one,
    )
    const carrying = { ...found, members }

    const { hubs, accounts } = await ringGraph(state, carrying, { ...options, budget: whole })
    const cut = await ringGraph(state, carrying, { ...options, budget: 3 })

    const ties = new Map(accounts.map(({ member, tie }) => [member.account, tie]))
    const users = hubs[0]?.users ?? []
    expect(users.map(({ account }) => account)).toEqual(['d', 'a', 'b', 'c'])
    expect(users.map(({ account, tie }) => ties.get(account) === tie)).toEqual([true, true, true, true])
    expect(cut.hubs[0]?.users.map(({ account }) => account).toSorted()).toEqual(
      namesOf(cut).accounts.toSorted(),
    )
    expect(cut.hubs[0]?.members).toBe(4)
  })

  test('the address is told beside it with its crowd, and no edge goes there', async () => {
    const { state, rings, options } = await publishedWorld([...ring, ...town])
    const found = rings.find(({ members }) => members.some(({ account }) => account === 'a'))

    const graph = found && (await ringGraph(state, found, { ...options, budget: whole }))

    expect(graph?.hubs).toMatchObject([
      { kind: 'ip', ref: 'town', mask: '', family: 'network', members: 4, accounts: 304 },
    ])
    expect(graph?.hubs[0]?.users.map(({ account }) => account)).toEqual(['a', 'b', 'c', 'd'])
    expect(graph?.identifiers.map(key)).toEqual(['device:d1'])
    expect(graph?.uses).toHaveLength(4)
  })
})
