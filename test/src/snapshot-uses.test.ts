/** Whoever shows identifiers is matched from the snapshot as from the store it was made of. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { linksOfNewcomer, newcomerOf } from '../../graph/explain/counterfactual/newcomer.ts'
import { shippedKinds } from '../../graph/identifiers/registry.ts'
import type { IdentifierState, StoredEvent } from '../../graph/model.ts'
import { encodeSnapshot } from '../../src/snapshot/encode.ts'
import { openSnapshot } from '../../src/snapshot/snapshot.ts'
import { planUses } from '../../src/snapshot/uses/encode.ts'
import { indexedState } from '../support/core/indexed-state.ts'
import { runOf } from '../support/core/publications.ts'
import { day, seen, start, stateOf } from '../support/core/states.ts'
import { tableOf } from '../support/core/tables.ts'

const kindOf = (kind: string) => shippedKinds.get(kind)
const options = { kindOf, publicness: () => 1 }

const identifier = fc.constantFrom(
  'device:d1',
  'device:d2',
  'payment:p1',
  'email:e1',
  'fingerprint:f1',
  'ip:i1',
  'ip:i2',
)
const event = (account: fc.Arbitrary<string>, session: fc.Arbitrary<string | undefined>) =>
  fc
    .record({
      account,
      session,
      identifiers: fc.uniqueArray(identifier, { minLength: 1, maxLength: 4 }),
      type: fc.constantFrom('signup' as const, 'login' as const, 'login_failed' as const, 'payment' as const),
      dayOff: fc.constantFrom(0, 0, 0, 1, 30),
    })
    .map(({ account: who, identifiers, type, dayOff, session: name }) =>
      seen(who, identifiers, {
        type,
        at: start + dayOff * day,
        ...(name !== undefined && { session: name }),
      }),
    )
const who = fc.constantFrom('ada', 'bob', 'cem', 'dora', 'eve', 'fé')
const without = fc.constant(undefined)

async function snapshotOf(
  events: readonly StoredEvent[],
  rings: Parameters<typeof encodeSnapshot>[0]['rings'] = [],
) {
  const table = await tableOf(events)
  const accounts = table.facts.ids
  const uses = planUses(table, kindOf)
  return openSnapshot(encodeSnapshot({ run: runOf(1), accounts, rings, publicness: new Map(), uses }))
}

const keysOf = (events: readonly StoredEvent[]): readonly IdentifierState[] =>
  events.flatMap(({ identifiers }) =>
    identifiers.map(({ kind, ref, mask }) => ({ kind, ref, mask, tables: 0 })),
  )

async function bothLinks(events: readonly StoredEvent[], own: readonly [StoredEvent, ...StoredEvent[]]) {
  const memory = (await snapshotOf(events)).uses?.among(keysOf(own))
  if (!memory) throw new Error('The snapshot knows no uses')
  return {
    matched: (await linksOfNewcomer(memory, newcomerOf(own), options)).links,
    stored: (await linksOfNewcomer(await indexedState(stateOf(events)), newcomerOf(own), options)).links,
  }
}

describe('links of a newcomer, from a snapshot', () => {
  test('are those from the store', async () => {
    let links = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(event(who, without), { maxLength: 15 }),
        fc.array(event(fc.constant('new'), without), { minLength: 1, maxLength: 3 }),
        async (events, [first, ...rest]) => {
          const { matched, stored } = await bothLinks(events, [first as StoredEvent, ...rest])

          links += stored.length
          expect(matched).toEqual(stored)
        },
      ),
      { numRuns: 300 },
    )
    expect(links).toBeGreaterThan(100)
  })

  test('never say more where sessions tell what was seen through what', async () => {
    const session = fc.option(fc.constantFrom('s1', 's2'), { nil: undefined })
    let told = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(event(who, session), { maxLength: 12 }),
        fc.array(event(fc.constant('new'), session), { minLength: 1, maxLength: 3 }),
        async (events, [first, ...rest]) => {
          const { matched, stored } = await bothLinks(events, [first as StoredEvent, ...rest])

          const evidence = new Map(stored.map((link) => [link.account, link.evidence]))
          for (const link of matched) {
            expect(link.evidence).toBeLessThanOrEqual(evidence.get(link.account) ?? 0)
            told += link.shared.filter(({ note }) => note === 'told_already').length
          }
        },
      ),
      { numRuns: 300 },
    )
    expect(told).toBeGreaterThan(10)
  })

  test('through one device are told once, as from the store', async () => {
    const both = ['device:d', 'fingerprint:f']
    const events = ['ada', 'bob'].map((account) => seen(account, both, { session: `s_${account}` }))

    const { matched, stored } = await bothLinks(events, [seen('new', both, { session: 's_new' })])

    expect(matched).toEqual(stored)
    expect(matched[0]?.shared.map(({ kind, note }) => [kind, note])).toEqual([
      ['device', undefined],
      ['fingerprint', 'told_already'],
    ])
  })

  test('are none through what more accounts use than it links', async () => {
    const crowd = Array.from({ length: 198 }, (_, i) => seen(`a${i}`, ['device:d']))

    const { matched, stored } = await bothLinks(crowd, [seen('new', ['device:d'])])

    expect([matched, stored]).toEqual([[], []])
  })
})

test('of very many days of a use the newest 255 are known, and whose they are', async () => {
  const on = (who: string, days: number) =>
    Array.from({ length: days }, (_, i) => seen(who, ['ip:i1'], { at: start + i * day }))
  const events = [...on('ada', 300), ...on('bob', 2)]

  const memory = (await snapshotOf(events)).uses?.among(keysOf(events.slice(0, 1)))
  const [found] = (await memory?.users([{ kind: 'ip', ref: 'i1' }], { usesMax: 9 })) ?? []

  const first = Math.floor(start / day)
  expect(found?.uses.map(({ account, days }) => [account, days.length, days[0]])).toEqual([
    ['ada', 255, first + 45],
    ['bob', 2, first],
  ])
})

test('a snapshot made before it knew who uses what is served all the same', async () => {
  const snapshot = openSnapshot(
    encodeSnapshot({ run: runOf(1), accounts: ['ada', 'bob'], rings: [], publicness: new Map() }),
  )

  expect(snapshot.uses).toBeUndefined()
  expect(snapshot.risk('bob')).toBeDefined()
})
