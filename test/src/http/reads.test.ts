import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { routes } from '../../../src/http/routes.ts'
import { metaSchema, problemSchema } from '../../../src/http/schemas.ts'
import { memberExplanationSchema, ringExplanationSchema } from '../../../src/http/schemas-why.ts'
import { scopes } from '../../../src/http/scopes.ts'
import { type Answer, eventually, type Server, startServer } from '../../support/processes/server.ts'

let api: Server
const chain = ['ring0', 'ring1', 'ring2', 'ring3', 'ring4', 'ring5', 'ring6', 'ring7']

beforeAll(async () => {
  api = await startServer()
  const at = '2026-05-02T10:15:00Z'
  const signups = chain.map((account, i) => ({
    eventId: `c${i}`,
    type: 'signup',
    occurredAt: at,
    account,
    identifiers: { device: `link${Math.floor(i / 2)}`, email: `who${Math.floor((i + 1) / 2)}@example.org` },
  }))
  const more = Array.from({ length: 15 }, (_, i) => ({
    eventId: `o${i}`,
    type: 'signup',
    occurredAt: at,
    account: `other${i}`,
    identifiers: { device: `trio${Math.floor(i / 3)}`, ...(i < 3 && { payment: 'tok_trio' }) },
  }))
  await api.post('/v1/events', [...signups, ...more])
  await eventually(
    () => api.get('/v1/rings'),
    ({ body }) => (body['items'] as unknown[]).length >= 6,
  )
}, 30_000)
afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

const items = <T>(answer: Answer): T[] => answer.body['items'] as T[]

describe('risk', () => {
  test('of an unknown account is 200, known false, the base rate', async () => {
    const { status, body } = await api.get('/v1/accounts/nobody%20here/risk')

    expect(status).toBe(200)
    expect(body).toMatchObject({
      account: 'nobody here',
      known: false,
      ring: null,
      class: null,
      flagged: false,
    })
  })

  test('of many keeps the order asked', async () => {
    const { body } = await api.post('/v1/risk:batch', { accounts: ['other1', 'nobody', 'ring0'] })

    expect(
      items<{ account: string; known: boolean }>({ body } as Answer).map(({ account, known }) => [
        account,
        known,
      ]),
    ).toEqual([
      ['other1', true],
      ['nobody', false],
      ['ring0', true],
    ])
  })
})

describe('rings', () => {
  test('come page by page, none twice, none missed', async () => {
    const all = items<{ ring: string }>(await api.get('/v1/rings?limit=200')).map(({ ring }) => ring)
    const paged: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const answer = await api.get(`/v1/rings?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      paged.push(...items<{ ring: string }>(answer).map(({ ring }) => ring))
      cursor = answer.body['nextCursor'] as string | null
    }

    expect(paged).toEqual(all)
    expect(new Set(all).size).toBe(all.length)
  })

  test('are filtered by size, risk and class', async () => {
    const large = items<{ size: number }>(await api.get('/v1/rings?minSize=4'))

    expect(large.length).toBeGreaterThan(0)
    expect(large.every(({ size }) => size >= 4)).toBe(true)
    expect(items(await api.get('/v1/rings?minRisk=1'))).toEqual([])
    expect(items(await api.get('/v1/rings?class=fraud_ring'))).toEqual([])
  })

  test('have members, and any version of them', async () => {
    const [ring] = items<{ ring: string; size: number }>(await api.get('/v1/rings?minSize=4'))

    const members = await api.get(`/v1/rings/${ring?.ring}/members`)
    const first = await api.get(`/v1/rings/${ring?.ring}/members?v=${String(members.body['version'])}`)

    expect(items(members)).toHaveLength(ring?.size ?? -1)
    expect(items(first)).toEqual(items(members))
    expect((await api.get('/v1/rings/ring_9_nope')).status).toBe(404)
    expect((await api.get('/v1/rings/ring_9_nope')).body).toMatchObject({ code: 'ring_not_found' })
  })
})

describe('explain', () => {
  test('weighs an identifier by what its users share besides, as the run did, and says so', async () => {
    const linkOf = async (a: string, b: string) => {
      const { body } = await api.get(`/v1/links/explain?a=${a}&b=${b}`)
      return (body['direct'] as { shared: { kind: string; publicness?: number; evidence: number }[] }).shared
    }

    const [close] = await linkOf('other0', 'other1')
    const [open] = await linkOf('other3', 'other4')

    expect(close).toMatchObject({ kind: 'device', publicness: 2, evidence: expect.closeTo(Math.log(5), 5) })
    expect(open).toMatchObject({ kind: 'device', publicness: 0.5, evidence: expect.closeTo(Math.log(2), 5) })
  })

  test('tells what two accounts share', async () => {
    const { body } = await api.get('/v1/links/explain?a=ring0&b=ring1')

    expect(body).toMatchObject({
      linked: true,
      truncated: false,
      path: [{ shared: [{ kind: 'device', accounts: 2 }] }],
    })
    expect(body['sentence']).toContain('shared device')
  })

  test('tells whether chance brings two accounts together', async () => {
    const { body } = await api.get('/v1/links/explain?a=ring0&b=ring1')

    const [link] = body['path'] as { chance: { kind: string; p: number; sentence: string }[] }[]
    expect(link?.chance).toMatchObject([{ kind: 'device', shared: 1, p: expect.any(Number) }])
    expect(link?.chance[0]?.sentence).toMatch(/^1 shared device; .+ expected by chance \(p .+\)$/)
  })

  test('tells why a ring is one, and what it would be without what ties it', async () => {
    const [ring] = items<{ ring: string }>(await api.get('/v1/rings?minSize=4'))

    const { status, body } = await api.get(`/v1/rings/${ring?.ring}/explain`)

    expect(status).toBe(200)
    expect(ringExplanationSchema.extend({ meta: metaSchema }).parse(body)).toMatchObject({
      ring: ring?.ring,
      size: chain.length,
      isMadeByLinks: true,
      truncated: false,
      timeline: {
        bursts: [
          { what: 'births', accounts: 8 },
          { what: 'arrivals', accounts: 8 },
        ],
      },
    })
    const { decisive } = ringExplanationSchema.extend({ meta: metaSchema }).parse(body)
    expect(decisive.length).toBeGreaterThan(1)
    expect(decisive.every(({ without }) => without?.isCertain)).toBe(true)
    expect(decisive.map(({ without }) => without?.outcome)).toContain('splits')
  })

  test('tells why an account is in a ring', async () => {
    const [ring] = items<{ ring: string }>(await api.get('/v1/rings?minSize=4'))

    const { status, body } = await api.get(`/v1/rings/${ring?.ring}/why/ring3`)

    expect(status).toBe(200)
    const why = memberExplanationSchema.extend({ meta: metaSchema }).parse(body)
    expect(why).toMatchObject({ account: 'ring3', ring: ring?.ring, linked: 2 })
    expect(why.strongest.map(({ kind }) => kind).toSorted()).toEqual(['device', 'email'])
    expect(why.strongest.every(({ members }) => members === 2)).toBe(true)
  })

  test('says which ring or account is not there', async () => {
    const [ring] = items<{ ring: string }>(await api.get('/v1/rings?minSize=4'))

    expect((await api.get('/v1/rings/ring_9_nope/explain')).body).toMatchObject({ code: 'ring_not_found' })
    expect((await api.get('/v1/rings/ring_9_nope/why/ring0')).body).toMatchObject({ code: 'ring_not_found' })
    expect((await api.get(`/v1/rings/${ring?.ring}/why/other0`)).body).toMatchObject({
      status: 404,
      code: 'account_not_found',
    })
  })

  test('tells the path between two that share nothing directly', async () => {
    const { body } = await api.get('/v1/links/explain?a=ring0&b=ring4')

    expect(body).toMatchObject({ linked: true, direct: { shared: [] } })
    expect(body['path']).toHaveLength(4)
  })

  test('says which account is unknown, and that an account is not linked to itself', async () => {
    expect((await api.get('/v1/links/explain?a=ring0&b=nobody')).body).toMatchObject({
      status: 404,
      code: 'account_not_found',
      detail: expect.stringContaining('given as b'),
    })
    expect((await api.get('/v1/links/explain?a=ring0&b=ring0')).status).toBe(400)
  })
})

describe('who may ask', () => {
  const keyWithout = new Map<string, string>()

  beforeAll(async () => {
    for (const scope of scopes) {
      const others = scopes.filter((one) => one !== scope)
      const { body } = await api.post('/v1/keys', { name: `all but ${scope}`, scopes: others })
      keyWithout.set(scope, String(body['key']))
    }
  })

  const guarded = routes.filter(({ scope }) => scope !== 'public')
  const pathOf = (path: string): string => path.replaceAll(/\{\w+\}/g, 'x')

  test.each(guarded.map((one) => [one.method, one.path, one] as const))(
    '%s %s needs a key with its scope',
    async (method, path, one) => {
      const body = method === 'post' ? '{}' : undefined
      const json = { 'content-type': 'application/json' }
      const other = { ...json, authorization: `Bearer ${keyWithout.get(one.scope)}` }

      const withoutKey = await api.send(method.toUpperCase(), pathOf(path), body, {
        ...json,
        authorization: 'Bearer rl_wrong',
      })
      const withoutScope = await eventually(
        () => api.send(method.toUpperCase(), pathOf(path), body, other),
        ({ status }) => status !== 401,
      )

      expect(withoutKey).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
      expect(withoutScope).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    },
  )

  test('a revoked key is dead within a second or so', async () => {
    const made = await api.post('/v1/keys', { name: 'short-lived', scopes: ['risk:read'] })
    const token = String(made.body['key'])
    const ask = () => api.get('/v1/accounts/ring0/risk', { token })
    expect((await eventually(ask, ({ status }) => status === 200)).status).toBe(200)

    await api.send('DELETE', `/v1/keys/${String(made.body['id'])}`, undefined)
    const revokedAt = performance.now()
    const answer = await eventually(ask, ({ status }) => status === 401)

    expect(answer.status).toBe(401)
    expect(performance.now() - revokedAt).toBeLessThan(3_000)
    expect((await api.get('/v1/keys')).text).not.toContain(token)
  })
})

describe('every problem', () => {
  const cases: readonly (readonly [string, () => Promise<Answer>, number, string])[] = [
    ['an unknown path', () => api.get('/v1/nothing'), 404, 'not_found'],
    ['a path like a batch', () => api.get('/v1/riskX'), 404, 'not_found'],
    ['another case', () => api.get('/V1/rings'), 404, 'not_found'],
    ['a slash at the end', () => api.get('/v1/rings/'), 404, 'not_found'],
    ['another method', () => api.send('PUT', '/v1/rings', undefined), 405, 'method_not_allowed'],
    ['a wrong filter', () => api.get('/v1/rings?minRisk=markermarker'), 400, 'invalid_input'],
    ['an unknown parameter', () => api.get('/v1/rings?markermarker=1'), 400, 'invalid_input'],
    ['a cursor not ours', () => api.get('/v1/rings?cursor=markermarker'), 400, 'invalid_input'],
    ['a broken path', () => api.get('/v1/accounts/%E0%A4%A/risk'), 400, 'invalid_input'],
    [
      '50,000 mistakes',
      () => api.post('/v1/risk:batch', { accounts: new Array(50_000).fill(0) }),
      400,
      'invalid_input',
    ],
  ]

  test.each(cases)('%s has the same form and repeats nothing', async (_, ask, status, code) => {
    const answer = await ask()

    expect(answer).toMatchObject({ status, body: { status, code, type: `/problems/${code}` } })
    expect(answer.type).toContain('application/problem+json')
    expect(z.safeParse(problemSchema, answer.body).success).toBe(true)
    expect(answer.text.length).toBeLessThan(16_384)
    expect(answer.text).not.toContain('markermarker')
  })
})

test('the process says that it lives, is ready, and how it does', async () => {
  expect((await api.get('/livez', {})).body).toEqual({ status: 'ok' })
  expect((await api.get('/readyz', {})).body).toMatchObject({ status: 'ok', run: expect.any(Number) })
  const metrics = await api.get('/metrics', {})
  expect(metrics.text).toMatch(/ringleader_rings \d/)
  expect(metrics.text).toMatch(/ringleader_ingest_lines_total\{stream="events",status="accepted"\} 23/)
  expect(metrics.text).not.toContain('ring0')
})
