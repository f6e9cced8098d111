/** The typed client against a running server, and against servers that do not do well. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { repeatable } from '../../clients/typescript/src/client.ts'
import { type ClientOptions, createClient, RingleaderError } from '../../clients/typescript/src/index.ts'
import { routes } from '../../src/http/routes.ts'
import { chainOf, ringOf, sentEvent } from '../support/processes/deliveries.ts'
import { type Served, served, until } from '../support/processes/served.ts'

let server: Served
beforeAll(async () => {
  server = await served()
  await server.post('/v1/events', [
    ...ringOf('farm', 5),
    ...chainOf(['ann', 'ben', 'cid']),
    ...ringOf('mill', 3),
  ])
  const risk = () => server.get<{ ring: unknown }>('/v1/accounts/farm_0/risk')
  await until(risk, ({ body }) => body.ring !== null)
})
afterAll(() => server[Symbol.asyncDispose]())

/** Of this server, with every request it makes. */
function clientOf(more: Partial<ClientOptions> = {}) {
  const asked: string[] = []
  const counting: typeof fetch = (input, init) => {
    asked.push(`${init?.method} ${new URL(input instanceof Request ? input.url : input).pathname}`)
    return fetch(input, init)
  }
  const options = { url: server.url, key: server.key, fallback: 'unknown' as const, timeoutMs: 20_000 }
  return { asked, ...createClient({ ...options, fetch: counting, ...more }) }
}

describe('risk', () => {
  const known = ['farm_0', 'farm_4', 'ann', 'nobody', 'ünïcode', 'x y/z?&#%', '"', '🦊']

  test('of any accounts, in any order and often, is what the server says of each', async () => {
    const alone = new Map<string, unknown>()
    for (const id of known)
      alone.set(id, (await server.get(`/v1/accounts/${encodeURIComponent(id)}/risk`)).body)

    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...known), { minLength: 1, maxLength: 30 }), async (ids) => {
        const answers = await clientOf().risks(ids)

        expect(answers.map(({ account }) => account)).toEqual(ids)
        for (const answer of answers) {
          if (answer.source === 'fallback') throw answer.error
          expect(alone.get(answer.account)).toEqual({ ...answer.risk, meta: expect.anything() })
        }
      }),
      { numRuns: 40 },
    )
  })

  test('asked for by many at one time is one question, and of no more than 1,000 accounts', async () => {
    const { asked, risk } = clientOf({ batch: { waitMs: 20 } })

    const many = await Promise.all(Array.from({ length: 2_500 }, (_, i) => risk(`many_${i % 2_300}`)))

    expect(many.every(({ source }) => source === 'ringleader')).toBe(true)
    expect(asked).toEqual(['POST /v1/risk:batch', 'POST /v1/risk:batch', 'POST /v1/risk:batch'])
  })

  test('of what is no account id rejects by itself and leaves the others their answers', async () => {
    const { risk } = clientOf()

    const [good, ...bad] = await Promise.allSettled([
      risk('farm_0'),
      risk(''),
      risk('a'.repeat(257)),
      risk('\ud800'),
    ])

    expect(good).toMatchObject({ status: 'fulfilled', value: { source: 'ringleader' } })
    for (const one of bad)
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'invalid_input' } })
  })

  test('older than the caller will have it is the fallback', async () => {
    const told: string[] = []
    const { risk } = clientOf({ maxStalenessMs: 0, retries: 0, onFallback: ({ code }) => told.push(code) })

    expect(await risk('farm_0')).toMatchObject({ source: 'fallback', fallback: 'unknown' })
    expect(told).toEqual(['snapshot_stale'])
  })
})

describe('everything else', () => {
  test('is called by its name, with the types of the document', async () => {
    const { call } = clientOf()
    const { items } = await call('GET /v1/rings', { query: { limit: 1 } })
    const ring: string = items[0]?.ring ?? ''

    const brief = await call('GET /v1/rings/{ring}/brief', { params: { ring } })
    // @ts-expect-error: the ring has to be named.
    const unnamed = call('GET /v1/rings/{ring}/brief')
    // @ts-expect-error: there is no such order.
    const unordered = call('GET /v1/rings', { query: { sort: 'colour' } })

    expect(brief.howSure.risk).toBe(items[0]?.risk)
    await expect(unnamed).rejects.toBeInstanceOf(RingleaderError)
    await expect(unordered).rejects.toMatchObject({ code: 'invalid_input', status: 400 })
  })

  test('in pages comes whole', async () => {
    const { pages } = clientOf()
    const found: string[] = []
    for await (const { ring } of pages('GET /v1/rings', { query: { limit: 1 } })) found.push(ring)

    const { body } = await server.get<{ items: readonly { ring: string }[] }>('/v1/rings')

    expect(found).toEqual(body.items.map(({ ring }) => ring))
    expect(found.length).toBeGreaterThan(1)
  })

  test('as text comes as text', async () => {
    const { call } = clientOf()
    const [ring] = (await call('GET /v1/rings')).items

    const csv = await call('GET /v1/rings/{ring}/graph', {
      params: { ring: ring?.ring ?? '' },
      query: { format: 'csv' },
    })

    expect(csv).toMatch(/^account,role,/)
  })

  test('events go in parts, their lines are numbered over all, and once more they change nothing', async () => {
    const { asked, ingest } = clientOf()
    const events = Array.from({ length: 2_300 }, (_, i) => sentEvent(`part_${i}`)) as Parameters<
      typeof ingest
    >[0]
    const odd = { ...events[0], type: 'odd' } as unknown as (typeof events)[0]

    const first = await ingest([...events, odd])
    const again = await ingest(events)

    expect(asked).toHaveLength(6)
    expect(first).toMatchObject({ read: 2_301, accepted: 2_300, rejected: 1 })
    expect(first.results.at(-1)).toMatchObject({ line: 2_301, status: 'rejected' })
    expect(again).toMatchObject({ read: 2_300, accepted: 0, duplicate: 2_300 })
  })

  test('a wrong key is a refusal with its code and request id, and not asked again', async () => {
    const { asked, call } = clientOf({ key: 'rl_wrong' })

    await expect(call('GET /v1/queue')).rejects.toMatchObject({
      code: 'unauthenticated',
      status: 401,
      requestId: expect.stringMatching(/^req_/),
    })
    expect(asked).toHaveLength(1)
  })
})

describe('where servers do not do well', () => {
  /** Answers by what it is told, in turn; the last for all that follow. */
  async function failing(...answers: readonly RequestListener[]) {
    let requests = 0
    const bad = createServer((request, response) => {
      answers[Math.min(requests, answers.length - 1)]?.(request, response)
      requests += 1
    }).listen(0, '127.0.0.1')
    await once(bad, 'listening')
    return {
      url: `http://127.0.0.1:${(bad.address() as AddressInfo).port}`,
      requests: () => requests,
      async [Symbol.asyncDispose]() {
        bad.closeAllConnections()
        bad.close()
        await once(bad, 'close')
      },
    }
  }
  const answering =
    (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
    (_, response) => {
      const type = status < 400 ? 'application/json' : 'application/problem+json'
      response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body))
    }
  const overloaded = answering(503, { code: 'overloaded', detail: 'too much' })
  const fine = answering(200, { items: [{ account: 'a' }], meta: {} })
  const silence: RequestListener = () => {}

  test.each(['allow', 'deny', 'unknown'] as const)(
    'the fallback %s is what was declared',
    async (fallback) => {
      await using bad = await failing(silence)
      const { risk } = clientOf({ url: bad.url, fallback, timeoutMs: 60 })

      expect(await risk('a')).toMatchObject({
        source: 'fallback',
        account: 'a',
        fallback,
        error: { code: 'timeout' },
      })
    },
  )

  test('what passes is asked for again, what does not is not', async () => {
    await using passing = await failing(overloaded, overloaded, fine)
    await using broken = await failing(answering(500, { code: 'internal_error', detail: 'ours' }), fine)

    expect(await clientOf({ url: passing.url }).risk('a')).toMatchObject({ source: 'ringleader' })
    expect(await clientOf({ url: broken.url }).risk('a')).toMatchObject({ error: { code: 'internal_error' } })
    expect([passing.requests(), broken.requests()]).toEqual([3, 1])
  })

  test('no more often than is allowed', async () => {
    await using bad = await failing(overloaded)

    await clientOf({ url: bad.url, retries: 3 }).risk('a')

    expect(bad.requests()).toBe(4)
  })

  test('what may not be repeated is sent once', async () => {
    await using bad = await failing(overloaded)
    const handover = clientOf({ url: bad.url }).call('PATCH /v1/rings/{ring}', {
      params: { ring: 'r' },
      body: { owner: 'kim' },
    })

    await expect(handover).rejects.toMatchObject({ code: 'overloaded', status: 503 })
    expect(bad.requests()).toBe(1)
  })

  test('what changes something goes by one name until it is answered, and each by its own', async () => {
    const names: unknown[] = []
    const named =
      (answer: RequestListener): RequestListener =>
      (request, response) => {
        names.push(request.headers['idempotency-key'])
        answer(request, response)
      }
    const busy = answering(409, { code: 'request_in_progress', detail: 'wait' })
    await using bad = await failing(named(overloaded), named(busy), named(fine))
    const { call } = clientOf({ url: bad.url })
    const body = { verdict: 'benign', reason: 'a family' } as const

    await call('POST /v1/rings/{ring}/decisions', { params: { ring: 'r' }, body })
    await call('POST /v1/rings/{ring}/decisions', { params: { ring: 'r' }, body })
    await call('POST /v1/runs', { body: {}, idempotencyKey: 'mine' })
    await call('POST /v1/search', { body: { text: 'a' } })

    expect(new Set(names.slice(0, 3)).size).toBe(1)
    expect(names[0]).toMatch(/^"[0-9a-f-]{36}"$/)
    expect(names.slice(3)).toEqual([expect.not.stringContaining(String(names[0])), '"mine"', undefined])
  })

  test('the client names what the server looks for names of', () => {
    const unnamed = routes.filter(({ method, repeatable: may }) => method === 'post' && may)

    expect([...repeatable].toSorted()).toEqual(unnamed.map(({ path }) => `POST ${path}`).toSorted())
  })

  test('a wait that would outlast the deadline is not begun', async () => {
    await using bad = await failing(
      answering(429, { code: 'rate_limited', detail: 'slower' }, { 'retry-after': '30' }),
    )

    const answer = await clientOf({ url: bad.url, timeoutMs: 5_000 }).risk('a')

    expect(answer).toMatchObject({ error: { code: 'rate_limited', retryAfterMs: 30_000 } })
    expect(bad.requests()).toBe(1)
  })

  test('half an answer, a page of a proxy, a redirect and no server at all are all told apart', async () => {
    await using half = await failing((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"items": [')
    })
    await using proxy = await failing((_, response) => void response.writeHead(403).end('<html>no</html>'))
    await using elsewhere = await failing((_, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()
    })
    const codeAt = async (url: string) => {
      const answer = await clientOf({ url, retries: 0 }).risk('a')
      return answer.source === 'fallback' ? answer.error.code : ''
    }

    expect(await codeAt(half.url)).toBe('not_understood')
    expect(await codeAt(proxy.url)).toBe('not_understood')
    expect(await codeAt(elsewhere.url)).toBe('unreachable')
    expect(await codeAt('http://127.0.0.1:9')).toBe('unreachable')
  })
})
