/** A request that its client names is done once, however often it is sent. */
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { AppError } from '../../../../graph/errors.ts'
import { once } from '../../../../src/http/edge/once.ts'
import { routes } from '../../../../src/http/routes.ts'
import { secretsFrom } from '../../../../src/secrets/secrets.ts'
import { silentLog } from '../../../../src/telemetry/log.ts'
import { testBorder } from '../../../support/admitted.ts'
import { sentEvent } from '../../../support/processes/deliveries.ts'
import { filesHolding, posted, type Served, served, until } from '../../../support/processes/served.ts'
import { openTempStore } from '../../../support/stores/embedded.ts'

interface Told {
  readonly id: string
  readonly key: string
  readonly code: string
  readonly instance: string
}

let first: Served
let server: Served
let other: string
beforeAll(async () => {
  first = await served({ seal: ['device'] })
  server = first
  const device = { identifiers: { device: 'named_device' } }
  await server.post('/v1/events', [sentEvent('ann', device), sentEvent('bob')])
  await until(
    () => server.ask('/v1/accounts/bob'),
    ({ status }) => status === 200,
  )
  const made = await server.post<Told>('/v1/keys', { name: 'other', scopes: ['decide'] })
  other = made.body.key
  await until(
    () => server.ask('/v1/runs', { method: 'POST', key: other }),
    ({ status }) => status === 403,
  )
})
afterAll(async () => {
  await server.stop()
  await first[Symbol.asyncDispose]()
})

const send = (name: string, path: string, body: unknown, key = server.key, on = server) => {
  const sent = posted('application/json', typeof body === 'string' ? body : JSON.stringify(body))
  return on.send<Told>(path, { ...sent, key, headers: { ...sent.headers, 'idempotency-key': name } })
}
const household = { kind: 'household', subjects: ['ann', 'bob'], reason: 'one name on the door' }
const assertions = async () =>
  (await server.get<{ items: readonly Told[] }>('/v1/assertions?standing=false')).body.items.length
const isReplay = (headers: Headers): boolean => headers.get('idempotency-replayed') === 'true'

describe('the same request', () => {
  test('is done once: what it answered first it answers again, and a restart changes nothing of that', async () => {
    const before = await assertions()
    const begun = await send('"one"', '/v1/assertions', household)
    const [subjects, ...more] = [household.subjects, { reason: household.reason, kind: household.kind }]

    const again = await send('one', '/v1/assertions', { ...more[0], subjects })
    await server.stop()
    server = await server.again()
    const later = await send('"one"', '/v1/assertions', household)

    expect([begun.status, isReplay(begun.headers)]).toEqual([201, false])
    for (const reply of [again, later]) {
      expect([reply.status, reply.text, isReplay(reply.headers)]).toEqual([201, begun.text, true])
    }
    expect(await assertions()).toBe(before + 1)
  })

  test('of another key is another request', async () => {
    const first = await send('"shared"', '/v1/assertions', household)
    const second = await send('"shared"', '/v1/assertions', household, other)

    expect([second.status, isReplay(second.headers)]).toEqual([201, false])
    expect(second.body.id).not.toBe(first.body.id)
  })

  test('that was refused is refused alike, under its own id', async () => {
    const first = await send('"refused"', '/v1/tripwires', { ring: 'ring_1_nope', reason: 'x' })
    const again = await send('"refused"', '/v1/tripwires', { ring: 'ring_1_nope', reason: 'x' })

    expect([first.status, again.status, isReplay(again.headers)]).toEqual([404, 404, true])
    expect(again.body.instance).not.toBe(first.body.instance)
    expect({ ...again.body, instance: '' }).toEqual({ ...first.body, instance: '' })
  })

  test('that was not as it should be was none: mended, it is done', async () => {
    const wrong = await send('"mended"', '/v1/assertions', { ...household, subjects: [] })
    const right = await send('"mended"', '/v1/assertions', household)

    expect([wrong.status, right.status, isReplay(right.headers)]).toEqual([400, 200, false])
  })
})

describe('a name', () => {
  test('that came with another body or to another place is refused', async () => {
    await send('"taken"', '/v1/assertions', household)

    const replies = [
      await send('"taken"', '/v1/assertions', { ...household, reason: 'another' }),
      await send('"taken"', '/v1/runs', {}),
    ]

    expect(replies.map(({ status, body }) => [status, body.code])).toEqual([
      [422, 'idempotency_key_reused'],
      [422, 'idempotency_key_reused'],
    ])
  })

  test.each([
    '""',
    '"a',
    'a b',
    '"a\\\\b"',
    '"a", "b"',
    `"${'x'.repeat(256)}"`,
    'x'.repeat(256),
    'ümlaut',
    '()',
  ])('must be one: %s is none', async (name) => {
    const { status, body } = await send(name, '/v1/runs', {})

    expect([status, body.code]).toEqual([400, 'invalid_input'])
  })

  test('is not looked at where repeating changes nothing', async () => {
    const bodies: Readonly<Record<string, unknown>> = {
      '/v1/events': [sentEvent('ann')],
      '/v1/labels': [],
      '/v1/risk:batch': { accounts: ['ann'] },
      '/v1/match': { identifiers: { device: 'd' } },
      '/v1/search': { text: 'ann' },
    }
    const paths = routes.flatMap(({ repeatable, path }) => (repeatable ? path : []))

    expect(paths.filter((path) => !(path in bodies))).toEqual(['/v1/identifiers/{kind}/{ref}/reveal'])
    for (const [path, body] of Object.entries(bodies)) {
      const replies = [await send('"', path, body), await send('"', path, body)]
      expect([path, replies.map(({ status, headers }) => status < 300 && !isReplay(headers))]).toEqual([
        path,
        [true, true],
      ])
    }
  })
})

describe('a secret', () => {
  test('that was told once is not told again, and nothing is made twice', async () => {
    const first = await send('"key"', '/v1/keys', { name: 'once', scopes: ['ingest'] })
    const again = await send('"key"', '/v1/keys', { name: 'once', scopes: ['ingest'] })

    const { body } = await server.get<{ items: readonly { name: string }[] }>('/v1/keys')
    expect([first.status, again.status, again.body.code]).toEqual([201, 409, 'answer_not_kept'])
    expect(again.text).not.toContain(first.body.key)
    expect(body.items.filter(({ name }) => name === 'once')).toHaveLength(1)
    expect(filesHolding(server.config.dataDir, String(first.body.key.split('_').at(-1)))).toEqual([])
  })

  test('that is opened twice is two openings', async () => {
    const found = await server.post<{ identifiers: readonly { ref: string }[] }>('/v1/search', {
      text: 'named_device',
    })
    const path = `/v1/identifiers/device/${found.body.identifiers[0]?.ref}/reveal`
    const opened = [
      await send('"open"', path, { reason: 'case 812' }),
      await send('"open"', path, { reason: 'case 812' }),
    ]

    const rows = (await server.get<{ items: readonly { action: string }[] }>('/v1/audit?limit=1000')).body
      .items
    expect(opened.map(({ status, headers }) => [status, isReplay(headers)])).toEqual([
      [200, false],
      [200, false],
    ])
    expect(rows.filter(({ action }) => action === 'identifier.revealed')).toHaveLength(2)
  })
})

describe('while it runs, and after it failed', () => {
  const definition = { method: 'post' as const }
  const done = { status: 201, text: '{"id":1}' }

  /** Two processes on one store. */
  async function around() {
    const store = await openTempStore()
    const border = await testBorder()
    const secrets = secretsFrom(Buffer.alloc(32, 7), [])
    let now = 0
    const process = {
      store,
      border,
      seal: secrets.seal,
      unseal: secrets.open,
      clock: () => now,
      log: silentLog,
    }
    const ask = (work: () => Promise<typeof done>, more: object = {}) => {
      const response = new ServerResponse(new IncomingMessage(new Socket()))
      const asked = { definition, caller: 'key1', name: '"n"', address: '/v1/runs', body: {}, ...more }
      return once({ ...process }, { asked, response }, work)
    }
    return {
      ask,
      later: (ms: number) => (now += ms),
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    }
  }

  test('whoever sends it meanwhile is told to wait, and has the answer then', async () => {
    await using one = await around()
    const { promise, resolve } = Promise.withResolvers<typeof done>()
    let runs = 0
    const work = () => {
      runs += 1
      return promise
    }
    const first = one.ask(work)
    await new Promise((turn) => setTimeout(turn, 50))

    await expect(one.ask(work)).rejects.toMatchObject({ code: 'request_in_progress' })
    resolve(done)

    expect(await first).toEqual(done)
    expect(await one.ask(work)).toEqual(done)
    expect(runs).toBe(1)
  })

  test('is the same whatever the order of its fields', async () => {
    await using one = await around()
    const never = () => Promise.reject(new Error('not run'))
    await one.ask(async () => done, { body: { a: { x: 1, y: 2 }, b: [3] } })

    expect(await one.ask(never, { body: { b: [3], a: { y: 2, x: 1 } } })).toEqual(done)
  })

  test('a failure of ours is not kept: sent again it is done', async () => {
    await using one = await around()
    const failures = [new Error('a fault'), new AppError('store_unavailable', 'away')]

    for (const failure of failures) await expect(one.ask(() => Promise.reject(failure))).rejects.toBe(failure)

    expect(await one.ask(async () => done)).toEqual(done)
    await expect(one.ask(() => Promise.reject(new Error('not run')))).resolves.toEqual(done)
  })

  test('whoever died over it holds it for five minutes, and an answer is kept for a day', async () => {
    await using one = await around()
    void one.ask(() => new Promise(() => {}))
    await new Promise((turn) => setTimeout(turn, 50))

    one.later(5 * 60_000 - 1)
    await expect(one.ask(async () => done)).rejects.toMatchObject({ code: 'request_in_progress' })
    one.later(1)
    expect(await one.ask(async () => done)).toEqual(done)

    one.later(24 * 3_600_000 - 1)
    expect(await one.ask(async () => ({ ...done, status: 500 }))).toEqual(done)
    one.later(1)
    expect(await one.ask(async () => ({ ...done, status: 202 }))).toEqual({ ...done, status: 202 })
  })

  test('an answer too large to keep is not given again', async () => {
    await using one = await around()
    await one.ask(async () => ({ status: 200, text: 'x'.repeat(262_145) }))

    await expect(one.ask(async () => done)).rejects.toMatchObject({ code: 'answer_not_kept' })
  })
})
