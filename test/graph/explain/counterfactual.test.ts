import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { detectRings, linkAccounts } from '../../../graph/detect.ts'
import { defaultSurroundingsCaps } from '../../../graph/explain/counterfactual/surroundings.ts'
import type { Counterfactual } from '../../../graph/explain/counterfactual/without.ts'
import { explainMember } from '../../../graph/explain/member.ts'
import { explainRing } from '../../../graph/explain/ring.ts'
import type { Frozen } from '../../../graph/frozen.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { type Publicness, publicnessOf } from '../../../graph/projection/publicness.ts'
import type { DetectionRun, Ring } from '../../../graph/ring.ts'
import { ringSizeMin } from '../../../graph/rings/community.ts'
import { admittedWorld } from '../../../src/cli/board/admitted-world.ts'
import { type IndexedState, indexedState } from '../../support/core/indexed-state.ts'
import { runOf } from '../../support/core/publications.ts'
import { day, seen, start, stateOf } from '../../support/core/states.ts'

const kindOf = (kind: string) => shippedKinds.get(kind)
const options = { kindOf, method: 'cpm-leiden' as const, onProgress: () => {} }

interface Published {
  readonly publicness: Publicness
  readonly frozen: Frozen
  readonly state: IndexedState
  readonly run: DetectionRun
  readonly rings: readonly Ring[]
}

async function publishedOf(state: IndexedState): Promise<Published> {
  const found = await detectRings(state, options)
  const rings = found.rings.map(
    (ring, i): Ring => ({
      ...ring,
      id: `ring_1_${i}`,
      status: 'active',
      bornVersion: 1,
      version: 1,
    }),
  )
  const run = { ...runOf(1, rings.length), asOf: found.asOf, statistics: found.statistics }
  return { state, run, rings, frozen: found.frozen, publicness: publicnessOf(found.publicness) }
}

/** How linking groups the ring's accounts when nobody ever used these identifiers, its statistics frozen. */
async function linkedWithout(
  { state, frozen }: Published,
  ring: Ring,
  { without }: Pick<Counterfactual, 'without'>,
): Promise<{ parts: readonly string[]; lost: readonly string[] }> {
  const { table, grouping } = await linkAccounts(state.without(without), {
    ...options,
    frozen,
  })
  const groups = Map.groupBy(table.facts.ids.keys(), (account) => grouping.labels[account])
  const ringOf = new Map(
    [...groups].flatMap(([label, own]) =>
      own.length >= ringSizeMin ? own.map((account) => [table.facts.idAt(account), label] as const) : [],
    ),
  )
  const accounts = ring.members.map(({ account }) => account)
  const kept = Map.groupBy(accounts, (account) => ringOf.get(account))
  return {
    parts: [...kept].flatMap(([one, own]) => (one === undefined ? [] : [own.join()])).toSorted(),
    lost: kept.get(undefined) ?? [],
  }
}

const toldOf = ({ parts, lost }: Counterfactual) => ({
  parts: parts.map((own) => own.join()).toSorted(),
  lost,
})

interface Checked {
  readonly told: number
  readonly certain: number
  /** Of those told, how many a detection confirms. */
  readonly true: number
}

/** Every counterfactual told of a ring, against linking everybody again: what is certain has to be true. */
async function checkRing(world: Published, ring: Ring): Promise<Checked> {
  const { decisive, withoutAll, isMadeByLinks } = await explainRing(world.state, ring, { kindOf, ...world })
  const told = [...decisive.flatMap(({ without }) => without ?? []), ...(withoutAll ? [withoutAll] : [])]
  let confirmed = 0
  for (const one of told) {
    const detected = await linkedWithout(world, ring, one)
    if (one.isCertain) expect(toldOf(one)).toEqual(detected)
    if (isDeepStrictEqual(toldOf(one), detected)) confirmed += 1
  }
  expect(told.length > 0).toBe(isMadeByLinks)
  return { told: told.length, certain: told.filter(({ isCertain }) => isCertain).length, true: confirmed }
}

describe('what a ring would be without an identifier', () => {
  test.each(['town', 'market', 'stream'])(
    'is what linking finds once nobody uses it, in a world like %s',
    async (name) => {
      const { state } = await admittedWorld({ world: name, accounts: 800, seed: 11 }, shippedKinds)
      const world = await publishedOf(await indexedState(state))
      const large = world.rings.toSorted((a, b) => b.members.length - a.members.length).slice(0, 3)
      const risky = world.rings
        .filter(({ members }) => members.every(({ role }) => role !== 'victim'))
        .toSorted((a, b) => b.head.risk - a.head.risk)
        .slice(0, 4)
      let [told, confirmed] = [0, 0]

      for (const ring of new Set([...large, ...risky])) {
        const checked = await checkRing(world, ring)
        told += checked.told
        confirmed += checked.true
      }

      expect(told).toBeGreaterThan(5)
      // What is not certain could be undone by a takeover that only the whole population shows.
      expect(confirmed).toBeGreaterThanOrEqual(0.9 * told)
    },
    240_000,
  )

  const identifier = fc.constantFrom(
    ...['d1', 'd2', 'd3', 'd4', 'd5', 'd6'].map((ref) => `device:${ref}`),
    ...['p1', 'p2', 'p3'].map((ref) => `payment:${ref}`),
    ...['h1', 'h2'].map((ref) => `address:${ref}`),
    ...['i1', 'i2', 'i3', 'i4'].map((ref) => `ip:${ref}`),
    ...['t1', 't2'].map((ref) => `target:${ref}`),
    'picture',
  )
  const bandsOfPicture = (text: string): readonly string[] =>
    text === 'picture' ? ['b1', 'b2', 'b3'].map((ref) => `imageBand:${ref}`) : [text]
  const event = fc
    .record({
      who: fc.nat(15).map((i) => `a${i}`),
      what: fc.uniqueArray(identifier, { minLength: 1, maxLength: 3 }),
      type: fc.constantFrom('login' as const, 'signup' as const, 'payment' as const),
      dayOff: fc.nat(20),
    })
    // Young accounts only: where a takeover is possible nothing is certain.
    .map(({ who, what, type, dayOff }) =>
      seen(who, what.flatMap(bandsOfPicture), {
        type,
        at: start + dayOff * day,
        createdAt: start + (dayOff % 3) * day,
      }),
    )
  test('is what a detection finds, for any small population', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 12, maxLength: 60 }), async (events) => {
        const world = await publishedOf(await indexedState(stateOf(events)))

        for (const ring of world.rings) {
          const { certain, told } = await checkRing(world, ring)
          expect(certain).toBe(told)
        }
      }),
      { numRuns: 150 },
    )
  }, 120_000)

  test('counts the strangers on a kiosk, though they are no part of the ring', async () => {
    const friends = ['ada', 'bob', 'cem'].map((who) =>
      seen(who, ['cookie:theirs', 'device:kiosk'], { createdAt: start }),
    )
    const strangers = Array.from({ length: 250 }, (_, i) => {
      const at = start + (i + 1) * 3 * day
      return seen(`stranger${i}`, ['device:kiosk'], { at, createdAt: at })
    })
    const world = await publishedOf(await indexedState(stateOf([...friends, ...strangers])))
    const [ring] = world.rings
    if (!ring) throw new Error('There is no ring')

    const found = await explainRing(world.state, ring, { kindOf, ...world })

    expect(found.decisive).toMatchObject([
      { ref: 'theirs', without: { outcome: 'dissolves', lost: ['ada', 'bob', 'cem'], isCertain: true } },
    ])
    expect(await checkRing(world, ring)).toEqual({ told: 1, certain: 1, true: 1 })
  })

  test('is not foretold for a ring that links do not make', async () => {
    const world = await publishedOf(await indexedState(stateOf(twoFarms)))
    const [ring] = world.rings
    if (!ring) throw new Error('There is no ring')
    const altered = { ...ring, members: ring.members.slice(1) }

    const found = await explainRing(world.state, altered, { kindOf, ...world })

    expect(found.isMadeByLinks).toBe(false)
    expect(found.decisive.every(({ without }) => without === undefined)).toBe(true)
    expect(found.withoutAll).toBeUndefined()
  })

  test('is not certain where not all that decides it was read', async () => {
    const world = await publishedOf(await indexedState(stateOf(twoFarms)))
    const [ring] = world.rings
    if (!ring) throw new Error('There is no ring')

    const found = await explainRing(world.state, ring, {
      kindOf,
      ...world,
      caps: { ...defaultSurroundingsCaps, identifiersMax: 2 },
    })

    expect(found.truncated).toBe(true)
    expect(found.decisive.every(({ without }) => without?.isCertain !== true)).toBe(true)
  })
})

/** Two devices of three accounts each, joined by a third device that one of either uses. */
const twoFarms: readonly StoredEvent[] = [
  ...['a0', 'a1', 'a2'].map((who) => seen(who, ['device:left', 'payment:l'], { type: 'signup' })),
  ...['b0', 'b1', 'b2'].map((who) => seen(who, ['device:right', 'payment:r'], { type: 'signup' })),
  ...['a0', 'a1', 'b0', 'b1'].map((who) => seen(who, ['device:bridge'])),
  ...['a0', 'a1', 'b0', 'b1'].map((who) => seen(who, ['cookie:bridge'])),
]

test('two farms split where what joins them goes, and a member learns whether it would stay', async () => {
  const events = [
    ...['a0', 'a1', 'a2', 'b0', 'b1', 'b2'].map((who) => seen(who, ['device:all'], { type: 'signup' })),
    ...['a0', 'a1', 'a2'].map((who) => seen(who, ['cookie:left'])),
    ...['b0', 'b1', 'b2'].map((who) => seen(who, ['cookie:right'])),
    seen('c0', ['device:own']),
    ...['a0', 'c0'].map((who) => seen(who, ['payment:card'])),
  ]
  const world = await publishedOf(await indexedState(stateOf(events)))
  const [ring] = world.rings
  if (!ring) throw new Error('There is no ring')

  const found = await explainRing(world.state, ring, { kindOf, ...world })
  const member = await explainMember(world.state, ring, { kindOf, ...world, account: 'c0' })

  expect(ring.members).toHaveLength(7)
  expect(found.decisive[0]).toMatchObject({
    kind: 'device',
    ref: 'all',
    adds: 6,
    without: { outcome: 'splits', lost: [], isCertain: true },
  })
  expect(found.decisive[0]?.without?.parts.map(({ length }) => length)).toEqual([4, 3])
  expect(found.decisive[1]).toMatchObject({
    ref: 'card',
    adds: 1,
    without: { outcome: 'loses', lost: ['c0'] },
  })
  expect(found.withoutAll).toMatchObject({ outcome: 'splits', lost: ['c0'] })
  expect(member).toMatchObject({
    linked: 1,
    strongest: [{ ref: 'card', staysWithout: false, isCertain: true }],
  })
})
