import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { evidenceMin, probabilityMin, probabilityOf } from '../../../graph/evidence/share.ts'
import { crowds } from '../../../graph/explain/crowd.ts'
import { explainLink } from '../../../graph/explain/link.ts'
import { kindRegistry, shippedKinds } from '../../../graph/identifiers/registry.ts'
import { projection } from '../../../graph/kernel/projection.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { entitiesOf } from '../../../graph/projection/entities.ts'
import { linkable, readLinkTable } from '../../../graph/projection/link-table.ts'
import { project } from '../../../graph/projection/project.ts'
import {
  measurePublicness,
  nothingPublic,
  type PublicnessFactors,
  publicnessOf,
} from '../../../graph/projection/publicness.ts'
import { indexedState } from '../../support/core/indexed-state.ts'
import { day, seen, start, stateOf } from '../../support/core/states.ts'
import { tableOf } from '../../support/core/tables.ts'

const kindOf = (kind: string) => shippedKinds.get(kind)

async function linksOf(events: readonly StoredEvent[], factors?: PublicnessFactors) {
  const state = stateOf(events)
  const table = await readLinkTable(state.scanAccounts(), state.scanIdentifiers())
  const { pairs } = projection(table, {
    kindOf,
    asOf: table.newestAt,
    ...(factors && { publicness: factors }),
  })
  const name = (account: number | undefined) => table.facts.idAt(account ?? -1)
  return new Map(
    Array.from(pairs.a, (a, i) => [
      `${name(a)}-${name(pairs.b[i])}`,
      { evidence: (pairs.evidence[i] ?? 0) / 1e6, probability: (pairs.weight[i] ?? 0) / 1e6 },
    ]),
  )
}

async function publicnessIn(events: readonly StoredEvent[]) {
  const state = stateOf(events)
  const table = await readLinkTable(state.scanAccounts(), state.scanIdentifiers())
  return publicnessOf(
    measurePublicness(entitiesOf(linkable(table), kindOf, { asOf: table.newestAt }), linkable(table)),
  )
}

test('the least evidence of a link is that of the least probability', () => {
  expect(probabilityOf(evidenceMin)).toBeGreaterThanOrEqual(probabilityMin)
  expect(probabilityOf(evidenceMin - 1)).toBeLessThan(probabilityMin)
})

describe('a shared identifier', () => {
  test('links two accounts at the odds of its kind', async () => {
    const links = await linksOf([seen('ada', ['device:d1']), seen('bob', ['device:d1'])])

    expect(links.get('ada-bob')?.probability).toBeCloseTo(0.8, 6)
  })

  test('says less the more accounts use it', async () => {
    const crowd = Array.from({ length: 10 }, (_, i) => seen(`a${i}`, ['device:d1']))

    expect((await linksOf(crowd)).get('a0-a1')?.evidence).toBeCloseTo(Math.log(1 + 4 / 9), 5)
  })

  test('halves with every half-life between the two uses', async () => {
    const links = await linksOf([
      seen('ada', ['device:d1']),
      seen('bob', ['device:d1'], { at: start + 30 * day }),
    ])

    expect(links.get('ada-bob')?.evidence).toBeCloseTo(Math.log(5) / 2, 5)
  })

  test('of a kind adds up to the cap of that kind', async () => {
    const emails = Array.from({ length: 9 }, (_, i) => `address:home${i}`)

    const links = await linksOf([seen('ada', emails), seen('bob', emails)])

    expect(links.get('ada-bob')?.evidence).toBe(1)
  })

  test('that is a hub links nobody', async () => {
    const crowd = Array.from({ length: 198 }, (_, i) => seen(`a${i}`, ['device:d1']))

    expect((await linksOf(crowd)).size).toBe(0)
  })

  test('of a kind that keeps them only so long links nobody once it was not used lately', async () => {
    const keeping = kindRegistry([{ name: 'device', keepDays: 10 }])
    const table = await tableOf([seen('ada', ['device:d1']), seen('bob', ['device:d1'])])
    const linkedAfter = (days: number): number => {
      const asOf = table.newestAt + days * day
      const entities = entitiesOf(linkable(table), (kind) => keeping.get(kind), { asOf })
      return project(table, entities, { publicness: nothingPublic }).a.length
    }

    expect([linkedAfter(10), linkedAfter(11)]).toEqual([1, 0])
  })

  test('seen only in failed log-ins, reports or chargebacks is no evidence', async () => {
    const links = await linksOf([
      seen('ada', ['device:d1']),
      seen('bob', ['device:d1'], { type: 'login_failed' }),
      seen('cem', ['device:d1'], { type: 'login', outcome: 'failure' }),
      seen('dora', ['device:d1'], { type: 'chargeback' }),
    ])

    expect(links.size).toBe(0)
  })
})

describe('an address', () => {
  test('never links by log-ins alone', async () => {
    const links = await linksOf([seen('ada', ['ip:home']), seen('bob', ['ip:home'])])

    expect(links.size).toBe(0)
  })

  test('strengthens a link that exists', async () => {
    const links = await linksOf([
      seen('ada', ['device:d1', 'ip:home']),
      seen('bob', ['device:d1', 'ip:home']),
    ])

    expect(links.get('ada-bob')?.evidence).toBeCloseTo(Math.log(5) + Math.log(1.25), 5)
  })

  test('seen by both through a device they share says nothing that the device has not said', async () => {
    const visit = (who: string, what: readonly string[], more: object = {}) =>
      seen(who, what, { session: `session of ${who}`, ...more })
    const both = ['ada', 'bob'].map((who) => visit(who, ['device:d1', 'ip:home', 'fingerprint:f1']))
    const device = Math.log(5)
    const line = Math.log(1.25)

    const told = await linksOf(both)
    const elsewhere = { session: 'on her phone', at: start + 3_600_000 }
    const alsoAlone = await linksOf([...both, visit('ada', ['ip:home'], elsewhere)])

    expect(told.get('ada-bob')?.evidence).toBeCloseTo(device, 5)
    expect(alsoAlone.get('ada-bob')?.evidence).toBeCloseTo(device + line, 5)
  })

  test('of sign-ups through one device says nothing more than the device, to the explanation either', async () => {
    const signUp = (who: string, what: readonly string[]) =>
      seen(who, what, { type: 'signup', session: `session of ${who}` })
    const state = await indexedState(
      stateOf(['ada', 'bob'].map((who) => signUp(who, ['device:d1', 'ip:home']))),
    )
    const [a, b] = state.states
    const crowd = crowds(state)
    await crowd.load(a?.uses ?? [])

    const explained = a && b && explainLink(a, b, { crowdOf: crowd.of, kindOf, publicness: nothingPublic })

    expect(explained?.evidence).toBeCloseTo(Math.log(5), 5)
    expect(explained?.shared.map(({ countsAs, note }) => [countsAs, note])).toEqual([
      ['device', undefined],
      ['ip', 'told_already'],
    ])
  })

  test('does not revive a link that the years have faded', async () => {
    const links = await linksOf([
      seen('ada', ['device:d1']),
      seen('ada', ['ip:home'], { at: start + 400 * day }),
      seen('bob', ['device:d1', 'ip:home'], { at: start + 400 * day }),
    ])

    expect(links.size).toBe(0)
  })

  test('links accounts that were born there on one day', async () => {
    const links = await linksOf([
      seen('ada', ['ip:cafe'], { type: 'signup' }),
      seen('bob', ['ip:cafe'], { type: 'signup', at: start + 3_600_000 }),
      seen('cem', ['ip:cafe'], { type: 'signup', at: start + 5 * day }),
    ])

    expect([...links.keys()]).toEqual(['ada-bob'])
  })
})

const account = fc.constantFrom('ada', 'bob', 'cem', 'dora', 'eve')
const identifier = fc.constantFrom(
  'device:d1',
  'device:d2',
  'payment:p1',
  'email:e1',
  'address:h1',
  'ip:i1',
  'ip24:n1',
  'fingerprint:f1',
)
const event = fc
  .record({
    who: account,
    what: fc.uniqueArray(identifier, { minLength: 1, maxLength: 4 }),
    type: fc.constantFrom('login', 'signup', 'payment', 'login_failed' as const),
    dayOff: fc.nat(40),
    session: fc.option(fc.constantFrom('s1', 's2', 's3'), { nil: undefined }),
  })
  .map(({ who, what, type, dayOff, session }) =>
    seen(who, what, {
      ...(session !== undefined && { session: `${who}-${session}` }),
      type: type as 'login',
      at: start + dayOff * day,
      createdAt: start + (dayOff % 3) * day,
    }),
  )
const world = fc.array(event, { minLength: 5, maxLength: 40 })

test('an explanation adds up to exactly what detection counted, for every pair', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (events) => {
      const state = await indexedState(stateOf(events))
      const links = await linksOf(events)
      const publicness = await publicnessIn(events)
      const crowd = crowds(state)

      for (const a of state.states) {
        for (const b of state.states.filter((other) => other.account > a.account)) {
          await crowd.load(a.uses)
          const explained = explainLink(a, b, { crowdOf: crowd.of, kindOf, publicness })
          const found = links.get(`${a.account}-${b.account}`)

          if (found) expect(explained.evidence).toBeCloseTo(found.evidence, 9)
          else expect(explained.probability).toBeLessThan(0.02)
          const sum = explained.shared.reduce((total, { evidence }) => total + evidence, 0)
          expect(sum).toBeCloseTo(explained.evidence, 4)
        }
      }
    }),
    { numRuns: 200 },
  )
})

test('the parts of an explanation share the cap of their kind', async () => {
  const homes = Array.from({ length: 9 }, (_, i) => `address:home${i}`)
  const state = await indexedState(stateOf([seen('ada', homes), seen('bob', homes)]))
  const [a, b] = state.states
  const crowd = crowds(state)
  await crowd.load(a?.uses ?? [])

  const explained = a && b && explainLink(a, b, { crowdOf: crowd.of, kindOf, publicness: nothingPublic })

  expect(explained?.evidence).toBe(1)
  expect(explained?.shared.map(({ evidence }) => evidence)).toEqual(homes.map(() => expect.closeTo(1 / 9, 5)))
})

test('links do not depend on the order of events', async () => {
  await fc.assert(
    fc.asyncProperty(
      world.chain((events) =>
        fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
      ),
      async ([events, shuffled]) => {
        expect(await linksOf(shuffled)).toEqual(await linksOf(events))
      },
    ),
  )
})

test('more sharing never weakens a link, while what is public stays as it was measured', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (events) => {
      const frozen = new Map<string, number>()
      const before = await linksOf(events, frozen)
      const extra = ['ada', 'bob'].map((who) => seen(who, ['cookie:only-theirs']))

      const after = await linksOf([...events, ...extra], frozen)

      expect(after.get('ada-bob')?.probability ?? 0).toBeGreaterThanOrEqual(
        before.get('ada-bob')?.probability ?? 0,
      )
    }),
  )
})
