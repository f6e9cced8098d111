/** Whoever comes to a published ring between two runs is answered as provisional, by both doors alike. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newcomerOf } from '../../../graph/explain/counterfactual/newcomer.ts'
import { shippedKinds } from '../../../graph/identifiers/registry.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { admitted } from '../../../src/http/admitted.ts'
import type { HttpServices } from '../../../src/http/services.ts'
import { followChanges } from '../../../src/live/follow-changes.ts'
import { liveLinks } from '../../../src/live/live-links.ts'
import { type SnapshotHolder, snapshotHolder } from '../../../src/snapshot/holder.ts'
import { farm, farmEvents, ring, snapshotOf } from '../../support/core/farm-snapshot.ts'
import { day, seen, start } from '../../support/core/states.ts'
import { none } from '../../support/processes/risk-requests.ts'
import {
  configWithKeys,
  exchange,
  type TwoDoors,
  twoDoors,
  wire,
  withoutOwn,
} from '../../support/processes/two-doors.ts'
import { tempDir } from '../../support/temp-dir.ts'

const kindOf = (kind: string) => shippedKinds.get(kind)
async function served(events: readonly StoredEvent[] = farmEvents) {
  const snapshots = snapshotHolder()
  await snapshots.swap(await snapshotOf(events))
  return { snapshots, live: liveLinks({ snapshots, kindOf }) }
}

const comes = (account: string, identifiers: readonly string[], at = start + day) =>
  seen(account, identifiers, { at })

test('who shares decisive identifiers with a ring is answered as of it, with the evidence', async () => {
  const { live } = await served()

  await live.see([comes('new', ['device:farm', 'payment:farm'])])

  const found = live.of('new')
  expect(found).toMatchObject({ ring: { id: ring.id, class: 'fraud_ring', size: 3 } })
  expect(found?.membership).toBeGreaterThan(0.9)
  expect(found?.links.map(({ account }) => account).toSorted()).toEqual(farm)
  const likeliest = Math.max(...(found?.links.map(({ probability }) => probability) ?? []))
  expect(found?.risk).toBeCloseTo(likeliest, 6)
})

test.each([
  ['shares nothing', comes('new', ['device:other'])],
  ['signed up at its address on its day', seen('new', ['ip:farm'], { type: 'signup' })],
  ['shares with whom no ring holds', comes('new', ['device:home'])],
  ['is in the ring already', comes('f0', ['device:farm', 'payment:second'])],
  ['came with it to a failed log-in alone', seen('new', ['device:farm'], { type: 'login_failed' })],
  ['came so long after that it likely is somebody else', comes('new', ['device:farm'], start + 75 * day)],
])('who %s is not', async (_, event) => {
  const { live } = await served()

  await live.see([event])

  expect(live.of(event.account)).toBeUndefined()
})

test('what one happening after the other shows is weighed together, in any order', async () => {
  const events = [
    comes('new', ['device:farm'], start + 40 * day),
    comes('new', ['payment:farm'], start + 60 * day),
  ]
  const memberships = []
  for (const order of [events, events.toReversed()]) {
    const { live } = await served()
    for (const event of order) await live.see([event])
    memberships.push(live.of('new')?.membership)
  }
  const { live: alone } = await served()
  await alone.see(events.slice(0, 1))

  expect(memberships[0]).toBe(memberships[1])
  expect(memberships[0]).toBeGreaterThan(alone.of('new')?.membership ?? 0.5)
})

test('it is let go when the next snapshot was made of it, and weighed anew when not', async () => {
  const { live, snapshots } = await served()
  const newcomers = [comes('new', ['device:farm', 'payment:farm']), comes('late', ['device:farm'])]
  await live.see(newcomers)

  await snapshots.swap(await snapshotOf([...farmEvents, ...newcomers.slice(0, 1)]))

  expect(live.of('new')).toBeUndefined()
  expect(live.of('late')).toMatchObject({ ring: { id: ring.id } })
  await snapshots.swap(await snapshotOf(farmEvents, []))
  expect(live.of('late')).toBeUndefined()
})

test('weighing many anew leaves turns to others, and nothing that comes meanwhile is lost', async () => {
  const { snapshots, live } = await served()
  const names = Array.from({ length: 1_000 }, (_, i) => `new${i}`)
  await live.see(names.map((name) => comes(name, ['device:farm'])))
  const last = names.at(-1) ?? ''
  const before = live.of(last)?.links[0]?.shared.length
  const old = snapshots.current()
  let turns = 0
  let isOver = false
  const others = async (): Promise<void> => {
    while (!isOver) {
      await new Promise((resolve) => setImmediate(resolve))
      if (snapshots.current() === old) continue
      turns += 1
      if (turns === 1) await live.see([comes(last, ['payment:farm'])])
    }
  }

  const swapped = snapshots.swap(await snapshotOf(farmEvents)).then(() => {
    isOver = true
  })
  await Promise.all([swapped, others()])

  expect(turns).toBeGreaterThanOrEqual(9)
  expect([before, live.of(last)?.links[0]?.shared.length]).toEqual([1, 2])
  expect(names.filter((name) => !live.of(name))).toEqual([])
})

test('what another process joined is followed from the run that is served', async () => {
  const { live, snapshots } = await served()
  const own = comes('new', ['device:farm', 'payment:farm'])
  const asked: number[] = []
  const { state, identifiers } = newcomerOf([own])
  const store = {
    progress: async () => ({ changes: 9 }),
    changedSince: async (changes: number) => {
      asked.push(changes)
      return { changes: 9, accounts: [state], identifiers: [...identifiers.values()] }
    },
  }

  using _ = await followChanges({ store, snapshots, live, onFailure: fail })

  expect(asked).toEqual([snapshots.current()?.run.stateChanges])
  expect(live.of('new')).toMatchObject({ ring: { id: ring.id } })
})

const fail = (error: unknown): void => {
  throw error
}

let doors: TwoDoors
let token: string | undefined
const dir = tempDir()
beforeAll(async () => {
  const made = await configWithKeys({ dataDir: dir.path }, [['risk:read']])
  token = made.tokens[0]
  doors = await twoDoors({ config: made.config, now: () => 10_000, snapshot: await snapshotOf(farmEvents) })
})
afterAll(async () => {
  await doors[Symbol.asyncDispose]()
  dir[Symbol.dispose]()
})

async function ask(method: string, target: string, body?: object): Promise<string> {
  const bytes = body ? Buffer.from(JSON.stringify(body)) : none
  const headers = [
    `authorization: Bearer ${token}`,
    ...(body ? ['content-type: application/json', `content-length: ${bytes.length}`] : []),
  ]
  const sent = wire({ method, target, headers, body: bytes }, true)
  const [hot, express] = [await exchange(doors.hot, sent), await exchange(doors.express, sent)]
  expect(withoutOwn(hot)).toBe(withoutOwn(express))
  return hot
}

test('both doors answer it, one by one and in batches', async () => {
  const before = await ask('GET', '/v1/accounts/new/risk')
  const left = doors.leftToExpress()

  await doors.services.live.see([comes('new', ['device:farm', 'payment:farm'])])
  const one = await ask('GET', '/v1/accounts/new/risk')
  const many = await ask('POST', '/v1/risk:batch', { accounts: ['honest', 'new', 'f0', 'nobody'] })

  expect(before).toContain('"known":false')
  expect(one).toContain('"known":true')
  expect(one).toMatch(
    /"role":"associate".*"code":"linked_since_run".*"provisional":true,"evidence":\[\{"account":"f/,
  )
  expect(many.match(/"provisional":(true|false)/g)).toEqual(
    ['false', 'true', 'false', 'false'].map((word) => `"provisional":${word}`),
  )
  expect(doors.leftToExpress()).toBe(left)
})

test('a match is answered from memory while the store is away', async () => {
  using own = tempDir()
  const made = await configWithKeys({ dataDir: own.path }, [['rings:read']])
  const away = new Proxy({} as HttpServices['store'], {
    get: () => () => Promise.reject(new Error('The store is away')),
  })
  await using alone = await twoDoors({
    config: made.config,
    now: () => start + day,
    alter: (services) => ({ ...services, store: away }),
  })
  const sent = { identifiers: { device: 'd_1', payment: ['tok_1'] }, type: 'signup' as const }
  const shown = admitted(alone.services, { ...sent, occurredAt: new Date(start).toISOString() })
  await alone.services.snapshots.swap(await snapshotOf(farm.map((account) => ({ ...shown, account }))))
  const body = Buffer.from(JSON.stringify(sent))
  const headers = [
    `authorization: Bearer ${made.tokens[0]}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
  ]

  const answer = await exchange(
    alone.express,
    wire({ method: 'POST', target: '/v1/match', headers, body }, true),
  )

  expect(answer).toMatch(/^HTTP\/1.1 200 /)
  expect(answer).toContain(`"rings":[{"ring":"${ring.id}","class":"fraud_ring","size":3`)
})

test('holders tell of a swap once it is done', async () => {
  const snapshots: SnapshotHolder = snapshotHolder()
  const versions: (number | undefined)[] = []
  snapshots.onSwap(async () => void versions.push(snapshots.current()?.run.version))

  await snapshots.swap(await snapshotOf(farmEvents))

  expect(versions).toEqual([1])
})
