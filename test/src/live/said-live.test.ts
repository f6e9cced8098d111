/** Who is said to be of one actor with a ring's member is answered as of it before a run has read so. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Assertion } from '../../../graph/model.ts'
import { followChanges } from '../../../src/live/follow-changes.ts'
import { heldAssertions } from '../../../src/live/held-assertions.ts'
import { liveLinks } from '../../../src/live/live-links.ts'
import { snapshotHolder } from '../../../src/snapshot/holder.ts'
import { farm, farmEvents, ring, snapshotOf } from '../../support/core/farm-snapshot.ts'
import { runOf } from '../../support/core/publications.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { kindOf } from '../../support/core/tables.ts'
import { configWithKeys, exchange, twoDoors, wire } from '../../support/processes/two-doors.ts'
import { tempDir } from '../../support/temp-dir.ts'

const { publishedAt, tookMs, asOf } = runOf(1)
const begunAt = publishedAt - tookMs

const said = (kind: Assertion['kind'], subjects: readonly string[], at = begunAt): Assertion => ({
  id: `as_${kind}_${at}`,
  kind,
  subjects,
  author: 'eve',
  reason: 'seen on camera',
  at,
})

async function served(...all: Assertion[]) {
  const snapshots = snapshotHolder()
  const store = { assertions: async () => all }
  const live = liveLinks({ snapshots, kindOf, said: heldAssertions(store, snapshots) })
  await snapshots.swap(await snapshotOf())
  return { live, snapshots, store, all }
}

/** Of two accounts, newest last. */
const pairOf = (all: readonly Assertion[], kinds: readonly string[], one: string, other: string) =>
  all.findLast(
    ({ kind, subjects }) => kinds.includes(kind) && subjects.includes(one) && subjects.includes(other),
  )

const ringless = ['honest', 'new']
const assertion = fc.record({
  kind: fc.constantFrom<Assertion['kind']>('same_actor', 'same_actor', 'not_the_same', 'household', 'role'),
  subjects: fc.uniqueArray(fc.constantFrom(...farm, ...ringless), { minLength: 2, maxLength: 3 }),
  since: fc.boolean(),
  isRetracted: fc.boolean(),
})
/** Oldest first, each at a time of its own. */
const assertions = fc.array(assertion, { minLength: 1, maxLength: 5 }).map((rows) =>
  rows
    .toSorted((x, y) => Number(x.since) - Number(y.since))
    .map(({ kind, subjects, since, isRetracted }, i) => ({
      ...said(kind, subjects, since ? begunAt + i : i + 1),
      ...(isRetracted && i % 2 === 0 && { retractedAt: begunAt + 9 }),
    })),
)

test('whoever one actor is said to be behind since the run, with members and no household of theirs, is', async () => {
  await fc.assert(
    fc.asyncProperty(assertions, fc.nat(), async (all, turn) => {
      const standing = all.filter(({ retractedAt }) => retractedAt === undefined)
      const membersOf = (account: string) =>
        farm.filter((member) => {
          const pair = pairOf(standing, ['same_actor', 'not_the_same'], account, member)
          const household = pairOf(standing, ['household'], account, member)
          return pair?.kind === 'same_actor' && pair.at >= begunAt && (household?.at ?? 0) < pair.at
        })
      const read = await served(...all)
      const heard = await served()
      for (const one of [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)]) {
        heard.all.push(one)
        await heard.live.hear()
      }

      for (const account of ringless) {
        const found = read.live.of(account)
        expect(found?.links.map((link) => link.account) ?? []).toEqual(membersOf(account))
        expect(found?.ring.id).toBe(found && ring.id)
        for (const link of found?.links ?? [])
          expect([link.evidence, link.said?.by.kind]).toEqual([9, 'same_actor'])
        expect(heard.live.of(account)).toEqual(found)
      }
      const isSaid = ringless.some((one) =>
        [...farm, ...ringless].some((other) => {
          const pair = one !== other && pairOf(standing, ['same_actor', 'not_the_same'], one, other)
          return pair && pair.kind === 'same_actor' && pair.at >= begunAt
        }),
      )
      expect(read.live.isEmpty()).toBe(!isSaid)
      for (const member of farm) expect(read.live.of(member)).toBeUndefined()
    }),
    { numRuns: 60 },
  )
})

test('its risk is the member’s, and what it came with counts beside', async () => {
  const { live } = await served(said('same_actor', ['new', 'f0']))
  const alone = live.of('new')

  await live.see([seen('new', ['device:farm'], { at: start + day })])

  expect(alone?.risk).toBeCloseTo(0.8, 3)
  expect(alone?.membership).toBeGreaterThan(0.99)
  expect(live.of('new')?.links[0]).toMatchObject({ account: 'f0', said: { evidence: 9 } })
  expect(live.of('new')?.links[0]?.evidence).toBeGreaterThan(9)
  expect(live.of('new')?.links.length).toBe(3)
})

test('who came is answered no longer as of a ring whose accounts are said to be a household with it', async () => {
  const { live, all } = await served()
  await live.see([seen('new', ['device:farm'], { at: start + day })])
  const before = live.of('new')?.ring.id

  all.push(said('household', ['new', 'honest']))
  await live.hear()
  const ofOthers = live.of('new')?.ring.id
  all.push(said('household', ['new', ...farm], begunAt + 1))
  await live.hear()

  expect([before, ofOthers, live.of('new')]).toEqual([ring.id, ring.id, undefined])
})

test('what is said of an identifier is heard for whoever came with it', async () => {
  const { live, all } = await served()
  await live.see([seen('new', ['device:farm'], { at: start + day })])
  const shared = said('shared_by_design', ['device:farm'])

  all.push(shared)
  await live.hear()
  const then = live.of('new')
  all.splice(0, 1, { ...shared, retractedAt: begunAt + 1 })
  await live.hear()

  expect([then, live.of('new')?.ring.id]).toEqual([undefined, ring.id])
})

test('it is let go with the next snapshot that is of a run begun since, and not before', async () => {
  const { live, snapshots, store } = await served(said('same_actor', ['new', 'f0'], publishedAt))
  const run = { ...runOf(2), asOf }

  await snapshots.swap(await snapshotOf(farmEvents, [ring], { ...run, tookMs: 5 }))
  const isKept = live.of('new') !== undefined
  store.assertions = () => Promise.reject(new Error('away'))
  await snapshots.swap(await snapshotOf(farmEvents, [ring], { ...run, tookMs: 0 }))

  expect([isKept, live.of('new'), live.isEmpty()]).toEqual([true, undefined, true])
})

test('what another process was told is heard with the changes that it made', async () => {
  const { live, snapshots, all } = await served()
  let changes = runOf(1).stateChanges
  const store = {
    progress: async () => ({ changes }),
    changedSince: async () => ({ changes, accounts: [], identifiers: [] }),
  }
  const onFailure = (error: unknown): void => {
    throw error
  }
  all.push(said('same_actor', ['new', 'f0']))

  using _unchanged = await followChanges({ store, snapshots, live, onFailure })
  const before = live.of('new')
  changes += 1
  using _changed = await followChanges({ store, snapshots, live, onFailure })

  expect([before, live.of('new')?.ring.id]).toEqual([undefined, ring.id])
})

test('whoever says so is answered by it at once, and by taking it back', async () => {
  using dir = tempDir()
  const made = await configWithKeys({ dataDir: dir.path }, [['risk:read', 'decide']])
  await using doors = await twoDoors({
    config: made.config,
    now: () => begunAt,
    snapshot: await snapshotOf(),
  })
  await doors.services.store.record([...farmEvents, seen('new', ['device:new'])])
  const ask = async (method: string, target: string, body?: object) => {
    const bytes = Buffer.from(body ? JSON.stringify(body) : '')
    const headers = [
      `authorization: Bearer ${made.tokens[0]}`,
      ...(body ? ['content-type: application/json', `content-length: ${bytes.length}`] : []),
    ]
    return await exchange(doors.hot, wire({ method, target, headers, body: bytes }, true))
  }

  const posted = await ask('POST', '/v1/assertions', {
    kind: 'same_actor',
    subjects: ['new', 'f0'],
    reason: 'one face',
  })
  const told = await ask('GET', '/v1/accounts/new/risk')
  const [, id] = /"id":"(ast_[0-9a-f]+)"/.exec(posted) ?? []
  await ask('DELETE', `/v1/assertions/${id}`)

  expect(posted).toMatch(/^HTTP\/1.1 201 /)
  expect(told).toMatch(/"provisional":true,"evidence":\[\{"account":"f0","probability":0.99/)
  expect(told).toContain('one actor, says key:test (one face)')
  expect(await ask('GET', '/v1/accounts/new/risk')).toContain('"provisional":false')
})
