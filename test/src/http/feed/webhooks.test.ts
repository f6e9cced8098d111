import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { Webhook as Verifier } from 'standardwebhooks'
import { ringOf } from '../../../support/processes/deliveries.ts'
import { openReceiver, type Receiver } from '../../../support/processes/receiver.ts'
import { filesHolding, posted, type Served, served, until } from '../../../support/processes/served.ts'

interface Hook {
  readonly id: string
  readonly secret: string
  readonly url: string
  readonly state: string
  readonly after: string
  readonly failing: { readonly error: string } | null
}
interface Hooks {
  readonly items: readonly Hook[]
}

let server: Served
let receiver: Receiver
beforeAll(async () => {
  server = await served({ webhookAllow: ['127.0.0.1'] })
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  receiver = await openReceiver()
})
afterEach(async () => {
  for (const { id } of (await server.get<Hooks>('/v1/webhooks')).body.items)
    await server.send(`/v1/webhooks/${id}`, { method: 'DELETE' })
  await receiver[Symbol.asyncDispose]()
})

const create = (more: object = {}) => server.post<Hook>('/v1/webhooks', { url: receiver.url, ...more })
const standing = async (id: string) =>
  (await server.get<Hooks>('/v1/webhooks')).body.items.find((one) => one.id === id)
const heard = (count: number) =>
  until(
    async () => receiver.got,
    (got) => got.length >= count,
  )

test('a receiver is told of what changes from then on, signed with the secret it was shown', async () => {
  await server.post('/v1/events', ringOf('before', 4))
  await until(
    () => server.get<{ items: unknown[] }>('/v1/changes'),
    ({ body }) => body.items.length > 0,
  )
  const { status, body: made } = await create({ types: ['ring.born'] })

  await server.post('/v1/events', ringOf('after', 4))
  const [message] = await heard(1)

  expect(status).toBe(201)
  expect(message && new Verifier(made.secret).verify(message.body, message.headers)).toMatchObject({
    type: 'ring.born',
    data: { joined: [0, 1, 2, 3].map((i) => ({ account: `after_${i}` })) },
  })
  expect(
    await until(
      () => standing(made.id),
      (one) => one?.after !== made.after,
    ),
  ).toMatchObject({
    state: 'ok',
    failing: null,
  })
  expect(receiver.got).toHaveLength(1)
})

test('from a place in the feed on, and only of the types it wants', async () => {
  await server.post('/v1/events', ringOf('early', 4))
  const pages = () => server.get<{ items: { type: string; cursor: string }[] }>('/v1/changes')
  const { items } = (await until(pages, ({ body }) => body.items.length > 0)).body

  await create({ after: '0~0', types: ['ring.born'] })
  const got = await heard(items.filter(({ type }) => type === 'ring.born').length)

  expect(got.map(({ body }) => (JSON.parse(body) as { data: { cursor: string } }).data.cursor)).toEqual(
    items.filter(({ type }) => type === 'ring.born').map(({ cursor }) => cursor),
  )
})

test('one that fails is shown with why, and is tried again at once when asked to', async () => {
  receiver.answer(503)
  const { body: made } = await create()
  await server.post('/v1/events', ringOf('failing', 4))
  const failing = await until(
    () => standing(made.id),
    (one) => one?.state === 'failing',
  )

  receiver.answer(200)
  const resumed = await server.send(`/v1/webhooks/${made.id}/resume`, { method: 'POST' })
  await heard(2)

  expect(failing?.failing?.error).toBe('answered 503')
  expect(resumed.status).toBe(200)
  expect(
    (
      await until(
        () => standing(made.id),
        (one) => one?.state === 'ok',
      )
    )?.state,
  ).toBe('ok')
  const ids = receiver.got.map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids.slice(0, 2)).size).toBe(1)
})

test('its secret is shown once and kept nowhere in clear; no log line holds it or its address', async () => {
  const { body: made } = await create()
  const rotated = await server.post<Hook>(`/v1/webhooks/${made.id}/rotate`, { keepHours: 1 })
  receiver.answer(500)
  await server.post('/v1/events', ringOf('logged', 4))
  await heard(1)

  const listed = (await server.get('/v1/webhooks')).text
  for (const secret of [made.secret, rotated.body.secret]) {
    const bare = secret.replace('whsec_', '')
    expect(bare).toMatch(/^[\w+/]{43}=$/)
    expect(listed).not.toContain(bare)
    expect(server.logged()).not.toContain(bare)
    expect(filesHolding(server.config.dataDir, bare)).toEqual([])
    expect(filesHolding(server.config.dataDir, Buffer.from(bare, 'base64').toString('latin1'))).toEqual([])
  }
  expect(server.logged()).not.toContain(receiver.url)
})

test.each([
  ['inside', 'https://10.0.0.1/'],
  ['of a cloud’s machine', 'https://169.254.169.254/latest/meta-data/'],
  ['without TLS', 'http://1.1.1.1/'],
  ['with a password', 'https://user:secret@1.1.1.1/'],
  ['of a file', 'file:///etc/passwd'],
  ['that is none', 'nowhere'],
])('an address %s is refused, and not repeated', async (_, url) => {
  const { status, body, text } = await create({ url })

  expect([status, body]).toMatchObject([400, { code: 'invalid_input' }])
  expect(text).not.toContain(url)
})

test('what is not there cannot be changed, and wrong types and places are refused', async () => {
  const there = '/v1/webhooks/hook_nope'
  const statuses = [
    await server.send(there, { method: 'DELETE' }),
    await server.send(`${there}/rotate`, posted('application/json', '{}')),
    await server.send(`${there}/resume`, { method: 'POST' }),
    await server.get(`${there}/dead-messages`),
    await server.post(`${there}/dead-messages:replay`, {}),
  ].map(({ status }) => status)

  expect(statuses).toEqual([404, 404, 404, 404, 404])
  expect((await create({ types: ['ring.exploded'] })).status).toBe(400)
  expect((await create({ after: 'yesterday' })).status).toBe(400)
})

test('there are only so many', async () => {
  await Promise.all(Array.from({ length: 50 }, () => create()))

  expect((await create()).status).toBe(409)
})
