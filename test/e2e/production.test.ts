/** The production profile as it is run: APIs and workers as parts of their own, which keep nothing on disk. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openWriting } from '../../src/compose.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { makeKey } from '../../src/http/keys.ts'
import { scopes } from '../../src/http/scopes.ts'
import { type Server, serve, work } from '../../src/serve.ts'
import { encodeSnapshot } from '../../src/snapshot/encode.ts'
import { silentLog } from '../../src/telemetry/log.ts'
import { runOf } from '../support/core/publications.ts'
import { expectObeyed } from '../support/processes/assertions.ts'
import { runCommand } from '../support/processes/command.ts'
import { ringOf } from '../support/processes/deliveries.ts'
import { faultProxy } from '../support/processes/fault-proxy.ts'
import { expectOwnModels } from '../support/processes/own-models.ts'
import { expectPages } from '../support/processes/ring-pages.ts'
import { eventually } from '../support/processes/server.ts'
import {
  type Environment,
  emptyNeo4j,
  neo4jOptions,
  productionEnvironment,
} from '../support/stores/production.ts'
import { describeOn } from '../support/stores/servers.ts'
import { tempDir } from '../support/temp-dir.ts'

const { key, token } = makeKey({ name: 'test', scopes, now: Date.now() })
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

/** An empty deployment that knows the key. */
async function deployment(more: Environment = {}): Promise<{ environment: Environment; config: Config }> {
  await emptyNeo4j()
  const environment = await productionEnvironment(more)
  const config = readConfig({}, environment)
  await using writing = await openWriting(config)
  await writing.store.saveKey(key)
  return { environment, config }
}

/** A publish of one account and no rings. */
async function publishOne(config: Config): Promise<void> {
  const run = runOf(1)
  const snapshot = encodeSnapshot({ run, accounts: ['ada'], rings: [], publicness: new Map() })
  await using writing = await openWriting(config)
  await writing.store.publish({ run, rings: [], changes: [], snapshot })
}

async function get(url: string, path: string): Promise<{ status: number; body: Record<string, never> }> {
  const response = await fetch(url + path, { headers })
  return { status: response.status, body: (await response.json()) as Record<string, never> }
}

const post = (url: string, path: string, body: unknown): Promise<Response> =>
  fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })

async function send(url: string, { method, path, body }: { method: string; path: string; body: unknown }) {
  const response = await fetch(url + path, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describeOn(['neo4j', 'redis'], 'processes apart', () => {
  const opened: Server[] = []
  let environment: Environment
  let config: Config
  let apis: readonly Server[]

  beforeAll(async () => {
    ;({ environment, config } = await deployment())
    apis = [await serve(config, silentLog), await serve(config, silentLog)]
    opened.push(...apis, await work(config, silentLog), await work(config, silentLog))
  }, 60_000)
  afterAll(async () => {
    for (const one of opened.toReversed()) await one[Symbol.asyncDispose]()
  })

  const api = (n: number): string => apis[n]?.url ?? ''
  const riskAt = (n: number, account: string) => get(api(n), `/v1/accounts/${account}/risk`)

  test('what one API takes, a worker joins, and every API serves', async () => {
    const answer = await post(api(0), '/v1/events', ringOf('ring', 6))
    const served = await Promise.all(
      [0, 1].map((n) =>
        eventually(
          () => riskAt(n, 'ring_0'),
          ({ body }) => body['ring'] !== null && body['known'] === true,
        ),
      ),
    )

    expect(answer.status).toBe(202)
    for (const { body } of served)
      expect(body).toMatchObject({ known: true, ring: { size: 6 }, meta: { run: expect.any(Number) } })
    for (const n of [0, 1]) await expectPages((path) => get(api(n), path), ['ring_0', 'ring_1'])
  }, 60_000)

  test('a later publish reaches every API too', async () => {
    const before = await Promise.all(
      [0, 1].map(async (n) => Number((await get(api(n), '/readyz')).body['run'])),
    )

    await post(api(1), '/v1/events', ringOf('later', 5))
    const after = await Promise.all(
      [0, 1].map((n) =>
        eventually(
          () => riskAt(n, 'later_0'),
          ({ body }) => Boolean(body['ring']),
        ),
      ),
    )

    for (const [n, { body }] of after.entries()) {
      expect(body).toMatchObject({ ring: { size: 5 } })
      expect(Number((await get(api(n), '/readyz')).body['run'])).toBeGreaterThan(before[n] ?? 0)
    }
  }, 60_000)

  test('a newcomer is matched with the ring it would join, by any API, and nothing is stored', async () => {
    const [sent] = ringOf('ring', 1)
    const body = { identifiers: sent?.['identifiers'], occurredAt: sent?.occurredAt }

    const matches = await Promise.all(
      [0, 1].map(async (n) => (await post(api(n), '/v1/match', body)).json() as Promise<object>),
    )

    const { id } = (await riskAt(0, 'ring_0')).body['ring'] as unknown as { id: string }
    const expected = { rings: [{ ring: id, linked: 6, size: 6 }], truncated: false }
    expect(matches).toMatchObject([expected, expected])
  })

  test('a repeat is told from a contradiction, whichever API is asked', async () => {
    const [event] = ringOf('again', 1)

    const first = await (await post(api(0), '/v1/events', [event])).json()
    const second = await (await post(api(1), '/v1/events', [event, { ...event, type: 'payout' }])).json()

    expect(first).toMatchObject({ accepted: 1 })
    expect(second).toMatchObject({ duplicate: 1, conflict: 1 })
  })

  test('models from labels are made, judge when they are chosen, and no longer', async () => {
    await expectOwnModels({
      get: (path) => get(api(0), path),
      async post(path, body) {
        const response = await post(api(1), path, body)
        return { status: response.status, body: await response.json() }
      },
    })
  }, 240_000)

  test('what people say is obeyed by the next run, and no longer when it is taken back', async () => {
    await expectObeyed((method, path, body) => send(api(method === 'GET' ? 0 : 1), { method, path, body }))
  }, 120_000)

  test('a worker shows its health and the queue’s figures, and no more', async () => {
    const worker = opened[2]?.url ?? ''

    const [ready, metrics, rings] = await Promise.all(
      ['/readyz', '/metrics', '/v1/rings'].map((path) => fetch(worker + path, { headers })),
    )

    expect([ready?.status, metrics?.status, rings?.status]).toEqual([200, 200, 404])
    expect(await metrics?.text()).toMatch(/ringleader_queue_jobs\{queue="ingest",state="wait"\} \d/)
  })

  test('a process on an empty disk reads the same rings and members, and explains them', async () => {
    using disk = tempDir()
    const stranger = { ...environment, RINGLEADER_DATA: disk.path }
    await using writing = await openWriting(config)
    const rings = await writing.store.rings({})

    const listed = await runCommand(['rings', '--json'], stranger)
    const members = await runCommand(['members', '--json'], stranger)
    const explained = await runCommand(['explain', 'ring_0', 'ring_1', '--json'], stranger)

    expect(listed.rows.map((row) => row['ring'])).toEqual(rings.map(({ id }) => id))
    expect(members.rows.map((row) => String(row['account'])).toSorted()).toEqual(
      rings.flatMap((ring) => ring.members.map(({ account }) => account)).toSorted(),
    )
    expect(explained.rows[0]).toMatchObject({ linked: true, a: 'ring_0', b: 'ring_1' })
    expect(readdirSync(disk.path)).toEqual([])
  }, 60_000)

  test('the API and a stranger to its disk say alike why a ring is one, and why an account is in it', async () => {
    using disk = tempDir()
    const stranger = { ...environment, RINGLEADER_DATA: disk.path }
    const risk = await riskAt(0, 'ring_0')
    const ring = String((risk.body['ring'] as unknown as { id: string } | null)?.id)
    const whys = [`/v1/rings/${ring}/explain`, `/v1/rings/${ring}/why/ring_1`]

    const served = await Promise.all(whys.map((path) => get(api(1), path)))
    const told = [
      await runCommand(['explain', ring, '--json'], stranger),
      await runCommand(['explain', ring, 'ring_1', '--json'], stranger),
    ]
    const missing = await get(api(0), `/v1/rings/${ring}/why/later_0`)

    expect(served.map(({ body }) => ({ ...body, meta: null }))).toEqual(
      told.map(({ rows: [why] }) => ({ ...why, meta: null })),
    )
    expect(served.map(({ status }) => status)).toEqual([200, 200])
    expect(served[0]?.body).toMatchObject({
      ring,
      size: 6,
      identifiers: [
        { kind: 'device', members: 6 },
        { kind: 'payment', members: 6 },
      ],
    })
    expect(served[1]?.body).toMatchObject({ ring, account: 'ring_1', linked: 5 })
    expect(missing).toMatchObject({ status: 404, body: { code: 'account_not_found' } })
  }, 60_000)

  test('what a command writes is joined without any worker', async () => {
    using disk = tempDir()
    const file = join(disk.path, 'events.ndjson')
    writeFileSync(
      file,
      ringOf('file', 4)
        .map((event) => `${JSON.stringify(event)}\n`)
        .join(''),
    )
    const alone = await productionEnvironment()

    const ingested = await runCommand(['ingest', file, '--json'], alone)
    const detected = await runCommand(['detect', '--json'], alone)
    const doctor = await runCommand(['doctor', '--json'], alone)

    expect(ingested.rows).toMatchObject([{ read: 8, accepted: 8 }])
    expect(detected.rows).toMatchObject([{ rings: expect.any(Number) }])
    expect(doctor.rows.filter(({ state }) => state === 'wrong')).toEqual([])
    expect(doctor.rows.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['Neo4j', 'Neo4j schema', 'Redis', 'Redis durability', 'queue']),
    )
  }, 60_000)

  test('a server or worker that lacks a setting says which', async () => {
    const { RINGLEADER_REDIS: _, ...noRedis } = environment
    const { RINGLEADER_KEY_FILE: __, ...noKey } = environment

    const said = await Promise.all([
      runCommand(['work'], noRedis),
      runCommand(['serve'], noRedis),
      runCommand(['work'], noKey),
      runCommand(['rebuild'], environment),
      runCommand(['work'], {}),
    ])

    expect(said.map(({ stderr }) => stderr)).toEqual([
      expect.stringContaining('--redis'),
      expect.stringContaining('--redis'),
      expect.stringContaining('RINGLEADER_KEY_FILE'),
      expect.stringContaining('no_event_log'),
      expect.stringContaining('--neo4j'),
    ])
    for (const { code } of said) expect(code).not.toBe(0)
  }, 60_000)
})

describeOn(['neo4j', 'redis'], 'an API whose Neo4j falls silent', () => {
  test('answers each request by its deadline, from memory what is in memory, and recovers', async () => {
    await using proxy = await faultProxy(new URL((await neo4jOptions()).url))
    const { environment, config } = await deployment()
    await publishOne(config)
    const throughProxy = readConfig(
      { neo4jUrl: `bolt://127.0.0.1:${proxy.port}` },
      { ...environment, RINGLEADER_NEO4J_DEADLINE_MS: '2000' },
    )
    await using api = await serve(throughProxy, silentLog)
    await get(api.url, '/v1/rings')
    proxy.silence()

    const startedAt = performance.now()
    const rings = await get(api.url, '/v1/rings')
    const tookMs = performance.now() - startedAt
    const degradedRisk = async () => {
      const { status, body } = await get(api.url, '/v1/accounts/ada/risk')
      return [status, (body['meta'] as unknown as { degraded: boolean }).degraded]
    }
    const away = await eventually(degradedRisk, ([, isDegraded]) => isDegraded === true)
    const risk = [await degradedRisk(), await degradedRisk()]
    proxy.heal()
    const recovered = await eventually(
      () => get(api.url, '/v1/rings'),
      ({ status }) => status === 200,
    )

    expect(rings).toMatchObject({ status: 503, body: { code: 'store_unavailable' } })
    expect(tookMs).toBeLessThan(4_000)
    expect(recovered.status).toBe(200)
    for (const answer of [away, ...risk]) expect(answer).toEqual([200, true])
    expect(await eventually(degradedRisk, ([, isDegraded]) => isDegraded === false)).toEqual([200, false])
  }, 60_000)
})
