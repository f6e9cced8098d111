/** Pages are made beside the API: its thread and its store have nothing to do with them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Decision, Ring } from '../../../graph/ring.ts'
import type { DecisionMore } from '../../../graph/verdicts.ts'
import { openWriting } from '../../../src/compose.ts'
import { type Pages, pageThread } from '../../../src/pages/page-thread.ts'
import { encodeSnapshot } from '../../../src/snapshot/encode.ts'
import { runOf } from '../../support/core/publications.ts'
import { seen } from '../../support/core/states.ts'
import { configWithKeys, exchange, twoDoors, wire } from '../../support/processes/two-doors.ts'
import { tempDir } from '../../support/temp-dir.ts'

const accounts = ['ada', 'ben', 'cho']
const ring: Ring = {
  id: 'ring_1_ada',
  status: 'active',
  bornVersion: 1,
  version: 1,
  head: { class: 'fraud_ring', risk: 0.5, firstSeen: 0, lastSeen: 0, topEvidence: [], reasons: [] },
  members: accounts.map((account) => ({
    account,
    role: 'core',
    membership: 1,
    risk: 0.5,
    compromise: 0,
    flagged: true,
    reasons: [],
  })),
}

const dir = tempDir()
let made: Awaited<ReturnType<typeof configWithKeys>>
let pages: Pages
beforeAll(async () => {
  made = await configWithKeys({ dataDir: dir.path }, [['rings:read'], ['decide']])
  await using writing = await openWriting(made.config)
  await writing.store.record(accounts.map((account) => seen(account, ['device:shared'])))
  const run = runOf(1, 1)
  const snapshot = encodeSnapshot({ run, accounts, rings: [ring], publicness: new Map() })
  await writing.store.publish({ run, rings: [ring], changes: [], snapshot })
  pages = pageThread(made.config, { current: () => undefined })
})
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
  dir[Symbol.dispose]()
})

const paths = [
  ...['graph', 'members', 'timeline', 'brief', 'explain', 'why/ada'].map(
    (page) => `/v1/rings/${ring.id}/${page}`,
  ),
  '/v1/links/explain?a=ada&b=ben',
  '/v1/queue',
  `/v1/rings/${ring.id}`,
  '/v1/accounts/ada',
  '/v1/accounts/ada/links',
  '/v1/rings?sort=priority',
  '/v1/rings?verdict=none&growthDays=7',
  '/v1/identifiers/device/shared',
]

test.each(paths)('%s asks nothing of the store of the API', async (target) => {
  const fail = () => Promise.reject(new Error('asked'))
  const away = {
    accounts: fail,
    users: fail,
    ring: fail,
    rings: fail,
    published: fail,
    decisions: fail,
    changes: fail,
  }
  await using doors = await twoDoors({
    config: made.config,
    now: () => 10_000,
    alter: (services) => ({ ...services, store: { ...services.store, ...away } }),
  })
  const headers = [`authorization: Bearer ${made.tokens[0]}`]
  const body = new Uint8Array()

  const answer = await exchange(doors.hot, wire({ method: 'GET', target, headers, body }, true))

  expect(answer).toMatch(/^HTTP\/1.1 200 OK/)
})

test('a verdict is frozen beside the API, whose store only writes it', async () => {
  const fail = () => Promise.reject(new Error('asked'))
  const away = { accounts: fail, users: fail, ring: fail, published: fail, decisions: fail, tripwires: fail }
  const written: (readonly [Decision, DecisionMore | undefined])[] = []
  const decide = async (...one: readonly [Decision, DecisionMore?]) => void written.push([one[0], one[1]])
  await using doors = await twoDoors({
    config: made.config,
    now: () => 10_000,
    alter: (services) => ({ ...services, store: { ...services.store, ...away, decide } }),
  })
  const body = Buffer.from(JSON.stringify({ verdict: 'confirm', reason: 'one face' }))
  const headers = [
    `authorization: Bearer ${made.tokens[1]}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
  ]
  const target = `/v1/rings/${ring.id}/decisions`

  const answer = await exchange(doors.hot, wire({ method: 'POST', target, headers, body }, true))

  expect(answer).toMatch(/^HTTP\/1.1 201 Created/)
  expect(written).toEqual([
    [
      expect.objectContaining({ ring: ring.id, verdict: 'confirm', core: accounts }),
      {
        tripwires: [expect.objectContaining({ ring: ring.id })],
        receipt: expect.stringContaining('one face'),
      },
    ],
  ])
})

test('what is not there is said by its code', async () => {
  await expect(pages.make('ring', { ring: 'ring_9' })).rejects.toMatchObject({ code: 'ring_not_found' })
  await expect(pages.make('member', { ring: ring.id, account: 'x' })).rejects.toMatchObject({
    code: 'account_not_found',
  })
})

test('a burst of lists is answered, every one of it', async () => {
  await using patient = pageThread(made.config, { current: () => undefined }, { waitMaxMs: 60_000 })
  await using doors = await twoDoors({
    config: made.config,
    now: () => 10_000,
    alter: (services) => ({ ...services, pages: patient }),
  })
  const headers = [`authorization: Bearer ${made.tokens[0]}`]
  const list = wire(
    { method: 'GET', target: '/v1/rings?sort=priority', headers, body: new Uint8Array() },
    true,
  )

  const answers = await Promise.all(Array.from({ length: 200 }, () => exchange(doors.hot, list)))

  expect(new Set(answers.map((answer) => answer.slice(0, 15)))).toEqual(new Set(['HTTP/1.1 200 OK']))
})

test('of more than find a place in time the last are refused, and asked to come again', async () => {
  await using hasty = pageThread(made.config, { current: () => undefined }, { waitMaxMs: 0 })
  await using doors = await twoDoors({
    config: made.config,
    now: () => 10_000,
    alter: (services) => ({ ...services, pages: hasty }),
  })
  const asked = Array.from({ length: 40 }, () => hasty.make('ring', { ring: ring.id }))
  const headers = [`authorization: Bearer ${made.tokens[0]}`]
  const late = exchange(
    doors.hot,
    wire({ method: 'GET', target: '/v1/queue', headers, body: new Uint8Array() }, true),
  )

  const outcomes = await Promise.allSettled(asked)

  expect(outcomes.slice(0, 32).map(({ status }) => status)).toEqual(Array(32).fill('fulfilled'))
  expect(outcomes.slice(32)).toEqual(
    Array(8).fill({ status: 'rejected', reason: expect.objectContaining({ code: 'overloaded' }) }),
  )
  expect(await late).toMatch(/^HTTP\/1.1 503 [^]*\r\nRetry-After: 2\r\n/i)
})

test('a place is given back by what fails too', async () => {
  await using narrow = pageThread(made.config, { current: () => undefined }, { placesMax: 1 })

  const missing = await Promise.allSettled([1, 2, 3].map(() => narrow.make('ring', { ring: 'ring_9' })))

  expect(missing.map(({ status }) => status)).toEqual(Array(3).fill('rejected'))
  expect(await narrow.make('ring', { ring: ring.id })).toMatchObject({ ring: ring.id })
})

test('whoever waits while it ends is told so, and begins no thread', async () => {
  const narrow = pageThread(made.config, { current: () => undefined }, { placesMax: 1 })
  const asked = Promise.allSettled([1, 2, 3].map(() => narrow.make('ring', { ring: ring.id })))
  await new Promise((resolve) => setImmediate(resolve))

  await narrow[Symbol.asyncDispose]()

  expect(await asked).toEqual(
    Array(3).fill({ status: 'rejected', reason: expect.objectContaining({ code: 'store_unavailable' }) }),
  )
})
