import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sentEvent } from '../../support/processes/deliveries.ts'
import { posted, type Send, type Served, served, until } from '../../support/processes/served.ts'

/** Stands in every wrong value and name; no answer and no log may hold it. */
const marker = 'mArKeR-7f3a'

let server: Served
beforeAll(async () => {
  server = await served()
})
afterAll(() => server[Symbol.asyncDispose]())

interface Problem {
  readonly code: string
  readonly detail: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
}

const json = (body: unknown): Send => posted('application/json', JSON.stringify(body))
const many = (length: number) => Array.from({ length }, (_, i) => ({ [`${marker}${i}`]: marker }))

const requests: readonly (readonly [what: string, path: string, send: Send, status: number])[] = [
  ['a path', `/${marker}`, {}, 404],
  ['a path below a route', `/v1/rings/a/${marker}`, {}, 404],
  ['a method', '/v1/rings', { method: 'PATCH', body: marker }, 405],
  ['the name of a parameter', `/v1/rings?${marker}=1`, {}, 400],
  [
    'each of many parameters',
    `/v1/rings?${many(40)
      .map((_, i) => `${marker}${i}=${marker}`)
      .join('&')}`,
    {},
    400,
  ],
  ['a number', `/v1/rings?limit=${marker}`, {}, 400],
  ['a choice', `/v1/rings?class=${marker}`, {}, 400],
  ['a cursor', `/v1/rings?cursor=${Buffer.from(marker).toString('base64url')}`, {}, 400],
  ['a ring', `/v1/rings/${marker}`, {}, 404],
  ['a version', `/v1/rings/x?v=${marker}`, {}, 400],
  ['an account', `/v1/links/explain?a=${marker}&b=x`, {}, 404],
  ['a long account', `/v1/accounts/${marker.repeat(40)}/risk`, {}, 400],
  ['a key', `/v1/keys/${marker}`, { method: 'DELETE' }, 404],
  ['the scope of a key', '/v1/keys', json({ name: 'n', scopes: [marker] }), 400],
  ['a field of a key', '/v1/keys', json({ name: 'n', scopes: ['admin'], [marker]: marker }), 400],
  ['what is asked in a batch', '/v1/risk:batch', json({ accounts: many(1_000), [marker]: 1 }), 400],
  ['a list of letters', '/v1/dead-letters:drop', json({ ids: many(5) }), 400],
  ['the name of a letter', `/v1/dead-letters?limit=${marker}`, {}, 400],
  ['a body that is no JSON', '/v1/events', posted('application/json', `{"${marker}`), 400],
  ['a content type', '/v1/events', posted(`text/${marker}`, '{}'), 415],
  [
    'an encoding',
    '/v1/events',
    { ...json({}), headers: { 'content-type': 'application/json', 'content-encoding': marker } },
    415,
  ],
  ['a token', '/v1/rings', { key: `rl_${marker}` }, 401],
]

describe('a problem repeats nothing of what was sent', () => {
  test.each(requests)('in %s', async (_, path, send, status) => {
    const reply = await server.send<Problem>(path, send)

    expect(reply.status).toBe(status)
    expect(reply.text.toLowerCase()).not.toContain(marker.toLowerCase())
    expect(reply.body.errors ?? []).not.toContainEqual(expect.objectContaining({ detail: 'Invalid input' }))
  })

  test('nor do the results of lines', async () => {
    const wrong = { type: marker, outcome: marker, occurredAt: marker, [marker]: marker }
    const rows = [
      ...Object.entries(wrong).map(([name, value]) => ({ ...sentEvent('ada'), [name]: value })),
      ...['device', marker].map((kind) =>
        sentEvent('ada', { identifiers: { [kind]: { [marker]: marker } } }),
      ),
      sentEvent('ada', { identifiers: { ip: marker } }),
      sentEvent('ada', { identifiers: { ip: [{ value: '192.0.2.1', [marker]: 1 }] } }),
      sentEvent('ada', { attributes: { [marker]: { [marker]: marker } } }),
      sentEvent('ada', { attributes: { [marker]: '4111111111111111' } }),
      sentEvent('ada', { counterparties: [{ account: 'b', relation: marker, [marker]: 1 }] }),
      ...many(3),
    ]

    const reply = await server.post<{ rejected: number }>('/v1/events', rows)
    const labels = await server.post<{ rejected: number }>('/v1/labels', [
      { label: marker, [marker]: marker },
    ])
    const letters = await server.get('/v1/dead-letters')

    expect([reply.body.rejected, labels.body.rejected]).toEqual([rows.length, 1])
    for (const { text } of [reply, labels, letters]) expect(text).not.toContain(marker)
  })

  test('nor does any log line', () => {
    expect(server.logged()).toContain('request')
    expect(server.logged()).not.toContain(marker)
  })
})

test('a problem lists at most 20 mistakes and stays within 16 KB, however many there are', async () => {
  const { body, text } = await server.post<Problem>('/v1/risk:batch', { accounts: many(1_000) })

  expect(body.errors).toHaveLength(20)
  expect(body.errors?.[0]?.pointer).toBe('/accounts/0')
  expect(Buffer.byteLength(text)).toBeLessThan(16_384)
})

test('an id that would be stored as another one is refused, not answered for that other one', async () => {
  await server.post('/v1/events', [sentEvent('\ufffd')])
  const ask = () => server.post<{ items: { known: boolean }[] }>('/v1/risk:batch', { accounts: ['\ufffd'] })
  await until(ask, ({ body }) => body.items[0]?.known === true)

  const { status, body } = await server.post<Problem>('/v1/risk:batch', { accounts: ['\ud800'] })

  expect([status, body.errors?.[0]?.pointer]).toEqual([400, '/accounts/0'])
})

test('a field there is not is told which there are', async () => {
  const { body } = await server.send<Problem>('/v1/links/explain?a=ada&b=bob&pages=2')

  expect(body.errors).toEqual([{ pointer: '/', detail: '1 unknown field(s): there are a, b, k, maxHops' }])
})

test('a wrong method is told which there are', async () => {
  const rings = await server.send('/v1/rings', { method: 'DELETE' })
  const keys = await server.send('/v1/keys', { method: 'PATCH' })
  const batch = await server.send('/v1/risk:batch')

  expect(rings.headers.get('allow')).toBe('GET, HEAD')
  expect(keys.headers.get('allow')).toBe('GET, HEAD, POST')
  expect(batch.headers.get('allow')).toBe('POST')
})

test('a request without a key is told how to come with one', async () => {
  const none = await server.send<Problem>('/v1/rings', { key: null })
  const basic = await server.send<Problem>('/v1/rings', {
    key: null,
    headers: { authorization: 'Basic eDp5' },
  })

  for (const { status, body, headers } of [none, basic]) {
    expect([status, body.code, headers.get('www-authenticate')]).toEqual([401, 'unauthenticated', 'Bearer'])
  }
})

test('who may not ask is not told whether the body was right', async () => {
  const reply = await server.send<Problem>('/v1/events', { ...posted('text/plain', 'x'), key: null })

  expect(reply.status).toBe(401)
})

test('bodies the server does not read to their end harm no later request', async () => {
  const large = posted('application/x-ndjson', 'x'.repeat(10 * 1_048_576))

  for (let i = 0; i < 5; i++) {
    expect((await server.send('/v1/events', large)).status).toBe(413)
    expect((await server.send('/v1/events', { ...large, key: null })).status).toBe(401)
    expect((await server.get('/livez')).status).toBe(200)
  }
})
