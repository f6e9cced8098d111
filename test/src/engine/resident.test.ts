import { expect, test } from '@jest/globals'
import { detectRings } from '../../../graph/detect.ts'
import type { JudgingModels } from '../../../graph/judging/models.ts'
import { shippedModels } from '../../../graph/judging/shipped.ts'
import type { Assertion, StoredEvent } from '../../../graph/model.ts'
import type { Publication } from '../../../graph/ring.ts'
import { makePublication } from '../../../src/engine/make-publication.ts'
import { type Resident, residentDetection, type StateReads } from '../../../src/engine/resident.ts'
import { runOf } from '../../support/core/publications.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { kindOf, names } from '../../support/core/tables.ts'
import { attack, established, townsfolk } from '../../support/core/takeovers.ts'
import { openTempStore } from '../../support/stores/embedded.ts'

type Store = Awaited<ReturnType<typeof openTempStore>>

const gang = names(5, 'gang')
const world: readonly StoredEvent[] = [
  ...townsfolk,
  ...names(4, 'victim').flatMap(established),
  ...attack(names(4, 'victim'), 'device:intruder'),
  ...gang.map((account) => seen(account, ['device:farm', 'payment:card'], { type: 'signup' })),
]
/** The newest event: what comes before the end of its day moves nothing. */
const newest = start + 30 * day
const joins = (account: string, at = start): StoredEvent =>
  seen(account, ['device:farm'], { type: 'signup', at })

const options = { kindOf, policy: 'test', clock: () => 1 }
const victim: Assertion = {
  id: 'as_1',
  kind: 'role',
  role: 'victim',
  subjects: gang.slice(0, 1),
  author: 'eve',
  reason: 'called us',
  at: 1,
}

const sharedByDesign: Assertion = {
  id: 'as_2',
  kind: 'shared_by_design',
  subjects: ['device:farm'],
  author: 'eve',
  reason: 'a kiosk',
  at: 1,
}

const oneActor: Assertion = {
  ...sharedByDesign,
  kind: 'same_actor',
  subjects: [gang[0] ?? '', 'person000'],
}

async function publish(
  store: Store,
  resident: Resident,
  more: Partial<typeof options> = {},
): Promise<Publication> {
  const publication = await makePublication(store, { ...options, ...more, resident })
  await store.publish(publication)
  return publication
}

async function opened() {
  const store = await openTempStore()
  await store.record(world)
  const resident = residentDetection()
  const first = await publish(store, resident)
  return { store, resident, first }
}

test('after a change only what it touches is looked at, and the rings are those of a run in full', async () => {
  const { store, resident, first } = await opened()
  await using _ = store
  await store.record([joins('newcomer')])

  const second = await publish(store, resident)

  expect(first.run).toMatchObject({ measuredIn: 1 })
  expect(first.run.work).toBeUndefined()
  expect(second.run).toMatchObject({ measuredIn: 1, work: { accountsChanged: 1, accountsSolved: 6 } })
  expect(second.changes.map(({ joined }) => joined.map(({ account }) => account))).toEqual([['newcomer']])
})

test('a verdict alone looks at nobody', async () => {
  const { store, resident, first } = await opened()
  await using _ = store
  const [ring] = first.rings.filter(({ members }) => members.some(({ account }) => account === gang[0]))
  const decided = {
    ring: ring?.id ?? '',
    verdict: 'confirm',
    class: 'fraud_ring',
    core: gang,
    ringVersion: 1,
  } as const
  await store.decide({ id: 'de_1', author: 'eve', reason: '', at: 1, ...decided })

  const { run, changes } = await publish(store, resident)

  expect(new Set(Object.values(run.work ?? { unknown: 1 }))).toEqual(new Set([0]))
  expect(changes.map(({ kind }) => kind)).toEqual(['decided'])
})

test.each<[string, (store: Store, resident: Resident) => Promise<Publication>]>([
  [
    'a new day',
    async (store, resident) => {
      await store.record([joins('newcomer', newest + day)])
      return publish(store, resident)
    },
  ],
  [
    'what is held to be true',
    async (store, resident) => {
      await store.assert(victim)
      return publish(store, resident)
    },
  ],
  [
    'what is held no longer',
    async (store, resident) => {
      await store.assert(victim)
      await publish(store, resident)
      await store.assert({ ...victim, retractedAt: 2 })
      return publish(store, resident)
    },
  ],
  ['another policy', (store, resident) => publish(store, resident, { policy: 'other' })],
  [
    'a run of another process',
    async (store, resident) => {
      await publish(store, residentDetection())
      return publish(store, resident)
    },
  ],
  [
    'changes that are not known any more',
    (store, resident) => publish({ ...store, changedSince: async () => undefined }, resident),
  ],
])('%s makes the run one in full, which measures anew', async (_reason, then) => {
  const { store, resident } = await opened()
  await using _ = store

  const { run } = await then(store, resident)

  expect(run.work).toBeUndefined()
  expect(run.measuredIn).toBe(run.version)
})

const neverScanned = (store: Store): Store => ({
  ...store,
  scanAccounts: () => {
    throw new Error('everybody is read')
  },
})

/** In full, as who remembers nothing would find it. */
const anew = (store: Store, more: Partial<typeof options> = {}) =>
  makePublication(store, { ...options, ...more, resident: residentDetection() })

test.each<[string, (store: Store) => Promise<unknown>, Partial<typeof options>]>([
  ['a new day', (store) => store.record([joins('newcomer', newest + day)]), {}],
  ['what is held to be true', (store) => store.assert(victim), {}],
  ['that two are one actor', (store) => store.assert(oneActor), {}],
  ['another policy', (store) => store.record([joins('newcomer')]), { policy: 'other' }],
  ['a run of another process', (store) => publish(store, residentDetection()), {}],
])('%s reads only what changed, and finds what reading everything finds', async (_reason, then, more) => {
  const { store, resident } = await opened()
  await using _ = store
  await store.record([joins('early')])
  await publish(store, resident)
  await then(store)

  const found = await makePublication(neverScanned(store), { ...options, ...more, resident })

  expect(found.run.work).toBeUndefined()
  expect(found).toEqual(await anew(store, more))
  await store.publish(found)
  await store.record([joins('latest')])
  const next = await publish(store, resident, more)
  expect(next.run).toMatchObject({ measuredIn: found.run.version, work: { accountsChanged: 1 } })
})

test.each<[string, readonly Assertion[]]>([
  ['are left out', []],
  ['are no longer left out', [sharedByDesign]],
])('everything is read where other identifiers %s', async (_reason, before) => {
  const { store, resident } = await opened()
  await using _ = store
  for (const one of before) await store.assert(one)
  await publish(store, resident)
  await store.assert(before.length > 0 ? { ...sharedByDesign, retractedAt: 2 } : sharedByDesign)

  await expect(makePublication(neverScanned(store), { ...options, resident })).rejects.toThrow(
    'everybody is read',
  )
  expect(await makePublication(store, { ...options, resident })).toEqual(await anew(store))
})

test('where models come to say too much, and where they are others, the run is one in full that reads only what changed', async () => {
  await using store = await openTempStore()
  const resident = residentDetection()
  const shipped = shippedModels()
  const { risk } = shipped.second
  const surer = (by: number): JudgingModels => ({
    ...shipped,
    second: { ...shipped.second, risk: { ...risk, base: risk.base + by } },
  })
  const sure = surer(30_000_000)
  const inFull = { ...options, method: 'cpm-leiden' as const, onProgress: () => {} }
  const find = (reads: Store, version: number, models: JudgingModels) => {
    const last = version > 1 ? { ...runOf(version - 1), measuredIn: version - 1 } : undefined
    return resident.find(reads, { ...inFull, models, last, version })
  }
  await store.record(names(49, 'early').map((account) => joins(account)))
  const first = await find(store, 1, sure)
  await store.record([joins('fiftieth')])

  const second = await find(neverScanned(store), 2, sure)
  const third = await find(neverScanned(store), 3, surer(31_000_000))

  const found = [first, second, third]
  expect(found.map(({ detection }) => detection.shift.alarm)).toEqual([false, true, true])
  expect(found.map(({ measuredIn }) => measuredIn)).toEqual([1, 2, 3])
  expect(second.detection.frozen.trust).toBe('shifted')
})

test('an assertion is obeyed by every run after it, and by none once it is taken back', async () => {
  const { store, resident, first } = await opened()
  await using _ = store
  const roleIn = ({ rings }: Publication) =>
    rings.flatMap(({ members }) => members).find(({ account }) => account === gang[0])?.role
  await store.assert(victim)

  const held = await publish(store, resident)
  await store.record([joins('newcomer')])
  const later = await publish(store, resident)
  await store.assert({ ...victim, retractedAt: 2 })
  const back = await publish(store, resident)

  expect([first, held, later, back].map(roleIn)).toEqual(['bystander', 'victim', 'victim', 'bystander'])
  expect(later.run.work).toMatchObject({ accountsChanged: 1 })
})

test('a check finds nothing to differ, and what was missed when something was', async () => {
  const { store, resident } = await opened()
  await using _ = store
  const check = (reads: StateReads) => resident.check(reads, { clock: () => 7, onProgress: () => {} })
  await store.record([joins('newcomer')])

  expect(await check(store)).toEqual({ at: 7, mismatches: 0 })
  const forgetful = {
    ...store,
    changedSince: async (...since: Parameters<StateReads['changedSince']>) => {
      const changed = await store.changedSince(...since)
      return changed && { ...changed, accounts: [] }
    },
  }
  expect((await check(forgetful))?.mismatches).toBeGreaterThan(0)
  expect(await check(store)).toBeUndefined()
  const { run } = await publish(store, resident)
  expect(run).toMatchObject({ measuredIn: 2, selfCheck: { at: 7 } })
  expect(run.work).toBeUndefined()
})

test('what is remembered is what the state holds', async () => {
  const { store, resident } = await opened()
  await using _ = store
  for (const account of names(3, 'late')) {
    await store.record([joins(account), seen(account, ['ip:den'], { at: start + day })])
    const { run } = await publish(store, resident)
    const { rings } = await detectRings(store, { kindOf, method: 'cpm-leiden', onProgress: () => {} })

    expect(run.rings).toBe(rings.length)
  }
})
