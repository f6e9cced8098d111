/** A newcomer is matched as it would be linked, had its events been stored. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { assertedBy } from '../../../graph/assertions/standing.ts'
import {
  asRemembered,
  linksOfNewcomer,
  newcomerOf,
  ringsOfNewcomer,
} from '../../../graph/explain/counterfactual/newcomer.ts'
import type { DirectLink } from '../../../graph/explain/link.ts'
import { linksOf } from '../../../graph/explain/path.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { holds } from '../../support/core/assertions.ts'
import { indexedState } from '../../support/core/indexed-state.ts'
import { day, seen, start, stateOf } from '../../support/core/states.ts'
import { evidenceIn } from '../../support/core/tables.ts'

const options = { kindOf: (kind: string) => shippedKinds.get(kind), publicness: () => 1 }

const identifier = fc.constantFrom(
  'device:d1',
  'device:d2',
  'payment:p1',
  'email:e1',
  'ip:i1',
  'ip:i2',
  'target:t1',
)
const event = (account: fc.Arbitrary<string>): fc.Arbitrary<StoredEvent> =>
  fc
    .record({
      account,
      identifiers: fc.uniqueArray(identifier, { minLength: 1, maxLength: 4 }),
      type: fc.constantFrom('signup' as const, 'login' as const, 'login_failed' as const, 'payment' as const),
      dayOff: fc.constantFrom(0, 0, 0, 1, 30),
      session: fc.option(fc.constantFrom('s1', 's2'), { nil: undefined }),
    })
    .map(({ account: who, identifiers, type, dayOff, session }) =>
      seen(who, identifiers, { type, at: start + dayOff * day, ...(session && { session }) }),
    )
const world = fc.array(event(fc.constantFrom('ada', 'bob', 'cem', 'dora', 'eve')), { maxLength: 15 })
const newcomer = fc.array(event(fc.constant('new')), { minLength: 1, maxLength: 3 })

const remembered = (links: readonly DirectLink[]) => links.map((link) => asRemembered(link, options.kindOf))

describe('links of a newcomer', () => {
  test('are those it would have, had its events been stored', async () => {
    await fc.assert(
      fc.asyncProperty(world, newcomer, async (events, [first, ...rest]) => {
        const own = [first as StoredEvent, ...rest] as const
        const before = await indexedState(stateOf(events))
        const after = await indexedState(stateOf([...events, ...own]))

        const matched = await linksOfNewcomer(before, newcomerOf(own), options)
        const stored = await linksOf(after, 'new', options)

        expect(matched.links).toHaveLength(stored.links.length)
        for (const { account: _, ...link } of matched.links)
          expect(remembered(stored.links)).toContainEqual(link)
        const found = matched.links.map(({ evidence }) => evidence)
        expect(found).toEqual(found.toSorted((x, y) => y - x))
        expect(matched.truncated).toBe(stored.truncated)
      }),
      { numRuns: 300 },
    )
  })

  test('of an account that is known are those it has once its events are stored, and the same when they are already', async () => {
    const known = fc.array(event(fc.constant('ada')), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(world, known, async (events, [first, ...rest]) => {
        const own = [first as StoredEvent, ...rest] as const
        const before = await indexedState(stateOf(events))
        const after = await indexedState(stateOf([...events, ...own]))

        const matched = await linksOfNewcomer(before, newcomerOf(own), options)
        const again = await linksOfNewcomer(after, newcomerOf(own), options)
        const stored = await linksOf(after, 'ada', options)

        expect(matched.links).toHaveLength(stored.links.length)
        for (const { account: _, ...link } of matched.links)
          expect(remembered(stored.links)).toContainEqual(link)
        expect(again).toEqual(matched)
      }),
      { numRuns: 300 },
    )
  })

  test('are those that detection finds in a copy in which its events are stored', async () => {
    let links = 0
    await fc.assert(
      fc.asyncProperty(world, newcomer, async (events, [first, ...rest]) => {
        const own = [first as StoredEvent, ...rest] as const

        const matched = await linksOfNewcomer(await indexedState(stateOf(events)), newcomerOf(own), options)
        const detected = [...(await evidenceIn([...events, ...own]))].flatMap(([pair, evidence]) => {
          const names = pair.split('-')
          return names.includes('new') ? [[names.find((name) => name !== 'new'), evidence]] : []
        })

        links += detected.length
        expect(new Map(matched.links.map(({ account, evidence }) => [account, evidence]))).toEqual(
          new Map(detected as [string, number][]),
        )
      }),
      { numRuns: 300 },
    )
    expect(links).toBeGreaterThan(100)
  })

  test('are those it would have, had nobody ever used what is shared by design, facets too', async () => {
    const shares = fc.constantFrom('device:d1', 'ip:i1', 'ip24:n1', 'target:t1')
    await fc.assert(
      fc.asyncProperty(world, newcomer, shares, async (events, own, key) => {
        const onNetworks = (one: StoredEvent): StoredEvent => ({
          ...one,
          identifiers: one.identifiers.flatMap((seenOne) =>
            seenOne.kind === 'ip' ? [seenOne, { kind: 'ip24', ref: 'n1', mask: '' }] : [seenOne],
          ),
        })
        const without = (one: StoredEvent): StoredEvent => ({
          ...one,
          identifiers: one.identifiers.filter(({ kind, ref }) => `${kind}:${ref}` !== key),
        })
        const linksAmong = async (
          all: readonly StoredEvent[],
          [first, ...rest]: readonly StoredEvent[],
          more = {},
        ) => {
          const state = await indexedState(stateOf(all))
          const { links } = await linksOfNewcomer(state, newcomerOf([first as StoredEvent, ...rest]), {
            ...options,
            ...more,
          })
          return links.map(({ account, evidence }) => [account, evidence])
        }
        const [all, ours] = [events.map(onNetworks), own.map(onNetworks)]
        const asserted = assertedBy([holds('shared_by_design', [key])])

        const found = await linksAmong(all, ours, { asserted })

        expect(found).toEqual(await linksAmong(all.map(without), ours.map(without)))
      }),
      { numRuns: 300 },
    )
  })

  test('come most evidence first, and nobody is asked to store anything', async () => {
    const reads = await indexedState(
      stateOf([
        seen('ada', ['device:d1', 'payment:p1']),
        seen('bob', ['device:d1']),
        seen('cem', ['device:other']),
      ]),
    )

    const { links } = await linksOfNewcomer(
      reads,
      newcomerOf([seen('new', ['device:d1', 'payment:p1'])]),
      options,
    )

    expect(links.map(({ account }) => account)).toEqual(['ada', 'bob'])
    expect(links[0]?.shared.map(({ kind, accounts }) => [kind, accounts])).toEqual([
      ['payment', 2],
      ['device', 3],
    ])
    expect(await reads.accounts(['new'])).toEqual([])
  })
})

test('a ring is as probable as all its members together make it', () => {
  const link = (account: string, evidence: number) => ({
    a: account,
    b: 'new',
    account,
    evidence,
    probability: 0,
    shared: [],
  })
  const ringOf = (account: string) => ({ ada: 'ring_1', bob: 'ring_1', cem: 'ring_2' })[account]

  const rings = ringsOfNewcomer([link('ada', 0.5), link('bob', 1), link('cem', 1.4), link('zoe', 9)], ringOf)

  expect(rings).toEqual([
    { ring: 'ring_1', linked: 2, probability: expect.closeTo(1 - Math.exp(-1.5), 6) },
    { ring: 'ring_2', linked: 1, probability: expect.closeTo(1 - Math.exp(-1.4), 6) },
  ])
})
