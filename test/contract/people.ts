/** What people say and who may speak: verdicts, assertions, API keys, refused lines. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { standingAssertions } from '../../graph/assertions/standing.ts'
import { type Assertion, assertionKinds } from '../../graph/model.ts'
import type { ApiKey, DeadLetter } from '../../graph/ports.ts'
import { type Decision, verdicts } from '../../graph/ring.ts'
import type { AssertionsAsked } from '../../graph/verdicts.ts'
import { allPages } from '../support/collect.ts'
import {
  accountPool,
  assertion,
  assertions,
  deadLetter,
  decision,
  runsFor,
} from '../support/core/arbitraries.ts'
import type { OpenStore } from './open-store.ts'

export function peopleContract(open: OpenStore): void {
  describe('verdicts', () => verdictContract(open))
  describe('API keys', () => keyContract(open))
  describe('dead letters', () => deadLetterContract(open))
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

function verdictContract(open: OpenStore): void {
  test('decisions come back as they were made, those of one ring apart', async () => {
    const made = fc.uniqueArray(decision, { selector: ({ id }) => id, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(made, async (decisions) => {
        await using store = await open()

        for (const one of decisions) await store.decide(one)

        const standing = verdicts.flatMap((verdict) => {
          const some = decisions.filter((one) => one.verdict === verdict && one.retractedAt === undefined)
          return some.length === 0 ? [] : [{ verdict, count: some.length }]
        })
        expect(await store.standingVerdicts()).toEqual(expect.arrayContaining(standing))
        expect(await store.standingVerdicts()).toHaveLength(standing.length)
        const ofRing = decisions.filter(({ ring }) => ring === 'ring_1').toSorted(byId)
        expect((await store.decisions({})).toSorted(byId)).toEqual(decisions.toSorted(byId))
        expect((await store.decisions({ ring: 'ring_1' })).toSorted(byId)).toEqual(ofRing)
      }),
      runsFor(10),
    )
  })

  test('a decision made again under its id replaces the first, as a retraction does', async () => {
    await using store = await open()
    const made: Decision = {
      id: 'de_1',
      ring: 'ring_1',
      ringVersion: 2,
      class: 'uncertain',
      core: ['ada'],
      verdict: 'confirm',
      author: 'eve',
      reason: 'same face',
      at: 5,
    }
    await store.decide(made)

    await store.decide({ ...made, retractedAt: 9 })

    expect(await store.decisions({})).toEqual([{ ...made, retractedAt: 9 }])
    expect(await store.decisions({ ring: 'ring_2' })).toEqual([])
  })

  test('assertions come back as they were made', async () => {
    await fc.assert(
      fc.asyncProperty(assertions, async (made) => {
        await using store = await open()

        for (const one of made) await store.assert(one)

        expect((await store.assertions()).toSorted(byId)).toEqual(made.toSorted(byId))
      }),
      runsFor(10),
    )
  })

  test('pages of assertions are those asked for, newest first, each once', async () => {
    const [kinds, accounts] = [fc.constantFrom(...assertionKinds), fc.constantFrom(...accountPool)]
    const asked: fc.Arbitrary<Omit<AssertionsAsked, 'limit'>> = fc.oneof(
      fc.record({ kind: kinds }),
      fc.record({ account: accounts }),
      fc.record({ standingAt: fc.nat(5) }),
      fc.record({ kind: kinds, account: accounts, standingAt: fc.nat(5) }),
    )
    // Of few times, because equal ones are where a page loses or repeats what it shows.
    const some = fc.uniqueArray(assertion, { selector: ({ id }) => id, minLength: 4, maxLength: 8 })
    const tied = some.map((all) =>
      all.map((one, i) => ({ ...one, at: i % 2, ...(one.expiresAt !== undefined && { expiresAt: i }) })),
    )
    await fc.assert(
      fc.asyncProperty(tied, fc.array(asked, { minLength: 1, maxLength: 6 }), async (made, all) => {
        await using store = await open()
        for (const one of made) await store.assert(one)

        for (const only of [{}, ...all]) {
          const { kind, account, standingAt } = only
          const isAsked = (one: Assertion): boolean =>
            (kind === undefined || one.kind === kind) &&
            (account === undefined || (one.kind !== 'shared_by_design' && one.subjects.includes(account))) &&
            (standingAt === undefined || standingAssertions([one], standingAt).length === 1)
          const pages = await allPages<Assertion>((after) =>
            store.assertionPage({ ...only, ...(after && { after }), limit: 2 }),
          )

          expect(pages).toEqual(made.filter(isAsked).toSorted((a, b) => b.at - a.at || byId(b, a)))
        }
      }),
      runsFor(20),
    )
  })

  test('assertions are part of the state, decisions are not', async () => {
    await using store = await open()
    const asserted: Assertion = {
      id: 'as_1',
      kind: 'household',
      subjects: ['ada', 'bob'],
      author: 'eve',
      reason: 'family',
      at: 5,
    }
    const digests = [(await store.digest()).digest]

    await store.decide({
      ...asserted,
      ring: 'ring_1',
      ringVersion: 1,
      class: 'uncertain',
      core: [],
      verdict: 'benign',
    })
    digests.push((await store.digest()).digest)
    await store.assert(asserted)
    digests.push((await store.digest()).digest)
    await store.assert({ ...asserted, retractedAt: 9 })
    digests.push((await store.digest()).digest)

    expect(digests[1]).toBe(digests[0])
    expect(new Set(digests).size).toBe(3)
    expect(await store.assertions()).toEqual([{ ...asserted, retractedAt: 9 }])
  })
}

function keyContract(open: OpenStore): void {
  const keyOf = (id: string, createdAt: number): ApiKey => ({
    id,
    name: `the key ${id}`,
    hash: id.repeat(8),
    scopes: ['ingest', 'read'],
    createdAt,
  })

  test('keys come back as they were saved, oldest first', async () => {
    await using store = await open()
    const old = { ...keyOf('key_b', 1), revokedAt: 3 }
    const young = { ...keyOf('key_a', 2), scopes: [] }

    await store.saveKey(young)
    await store.saveKey(old)

    expect(await store.keys()).toEqual([old, young])
  })

  test('a key is revoked once; again, or without such a key, is false and changes nothing', async () => {
    await using store = await open()
    await store.saveKey(keyOf('key_a', 1))
    await store.saveKey(keyOf('key_b', 2))

    const outcomes = [
      await store.revokeKey('key_a', 7),
      await store.revokeKey('key_a', 9),
      await store.revokeKey('key_q', 9),
    ]

    expect(outcomes).toEqual([true, false, false])
    expect(await store.keys()).toEqual([{ ...keyOf('key_a', 1), revokedAt: 7 }, keyOf('key_b', 2)])
  })

  test('a key that is to be revoked later can be revoked sooner', async () => {
    await using store = await open()
    await store.saveKey(keyOf('key_a', 1))

    expect([await store.revokeKey('key_a', 90), await store.revokeKey('key_a', 7)]).toEqual([true, true])
    expect(await store.keys()).toEqual([{ ...keyOf('key_a', 1), revokedAt: 7 }])
  })
}

function deadLetterContract(open: OpenStore): void {
  const letterOf = (id: string, at: number, sealed?: Uint8Array): DeadLetter => ({
    id,
    stream: 'events',
    source: 'day.csv',
    line: 3,
    pointer: '/account',
    code: 'invalid_input',
    at,
    ...(sealed && { sealed }),
  })
  const sealedBytes = new Uint8Array([0, 255, 7])

  test('letters show their sealed line only to those who ask for it', async () => {
    await using store = await open()
    await store.bury([letterOf('dl_1', 1, sealedBytes), letterOf('dl_2', 2)])

    const shown = await store.deadLetters({ limit: 9 })
    const opened = await store.deadLetters({ limit: 9, sealed: true })

    expect(shown).toEqual([letterOf('dl_1', 1), letterOf('dl_2', 2)])
    expect(shown.every((letter) => !('sealed' in letter))).toBe(true)
    expect(opened.map(({ sealed }) => sealed && [...sealed])).toEqual([[...sealedBytes], undefined])
  })

  test('pages hold every letter once, oldest first, though many are of one moment', async () => {
    const letters = fc.uniqueArray(deadLetter, { selector: ({ id }) => id, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(letters, fc.integer({ min: 1, max: 4 }), async (buried, limit) => {
        await using store = await open()
        await store.bury(buried)

        const paged = await allPages<DeadLetter>((last) =>
          store.deadLetters({ limit, sealed: true, ...(last && { after: last.id }) }),
        )

        expect(paged.map(({ at }) => at)).toEqual(buried.map(({ at }) => at).toSorted((a, b) => a - b))
        expect(paged.toSorted(byId).map(plain)).toEqual(buried.toSorted(byId).map(plain))
      }),
      runsFor(10),
    )
  })

  test('burying a letter twice keeps it once', async () => {
    await using store = await open()
    await store.bury([letterOf('dl_1', 1)])

    await store.bury([letterOf('dl_1', 1), letterOf('dl_2', 1)])

    expect(await store.countDeadLetters()).toBe(2)
  })

  test('letters older than a moment expire, and are counted', async () => {
    await using store = await open()
    await store.bury([letterOf('dl_1', 1), letterOf('dl_2', 2), letterOf('dl_3', 3)])

    const expired = await store.expireDeadLetters(3)

    expect(expired).toBe(2)
    expect(await store.deadLetters({ limit: 9 })).toEqual([letterOf('dl_3', 3)])
    expect(await store.expireDeadLetters(3)).toBe(0)
  })

  test('dropping counts the letters that were there', async () => {
    await using store = await open()
    await store.bury([letterOf('dl_1', 1), letterOf('dl_2', 2), letterOf('dl_3', 3)])

    const dropped = await store.dropDeadLetters(['dl_1', 'dl_3', 'dl_1', 'dl_9'])

    expect(dropped).toBe(2)
    expect(await store.deadLetters({ limit: 9 })).toEqual([letterOf('dl_2', 2)])
    expect(await store.countDeadLetters()).toBe(1)
    expect(await store.dropDeadLetters([])).toBe(0)
  })
}

/** Bytes as plain numbers: which class of bytes a store answers with is its own affair. */
const plain = ({ sealed, ...letter }: DeadLetter) => ({ ...letter, sealed: sealed && [...sealed] })
