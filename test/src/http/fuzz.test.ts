/** Whatever is sent, the answer is the caller's: never a failure of ours, never without the form of a problem. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { eventTypes, relationNames } from '../../../graph/model.ts'
import { routes } from '../../../src/http/routes.ts'
import { ringOf } from '../../support/processes/deliveries.ts'
import { posted, type Served, served, until } from '../../support/processes/served.ts'

let server: Served
beforeAll(async () => {
  server = await served()
  await server.post('/v1/events', ringOf('farm', 5))
  const rings = () => server.get<{ items: unknown[] }>('/v1/rings')
  await until(rings, ({ body }) => body.items.length > 0)
})
afterAll(() => server[Symbol.asyncDispose]())

/** Mostly near to what is right, because what is far from it is refused at the first look. */
const anything = fc.jsonValue({ maxDepth: 3, noUnicodeString: false })
const text = fc.oneof(
  fc.constantFrom('ada', '', 'farm_0', '2026-05-02T10:15:00Z', 'device', 'fraud', 'risk:read'),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const odd = fc.oneof({ weight: 3, arbitrary: text }, { weight: 1, arbitrary: anything })
const body = fc.oneof(
  fc.record(
    {
      eventId: text,
      type: fc.oneof(fc.constantFrom(...eventTypes), odd),
      occurredAt: fc.oneof(
        fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
        odd,
      ),
      account: odd,
      identifiers: fc.oneof(
        fc.dictionary(fc.constantFrom('device', 'ip', 'payment', 'email', 'phone', 'image', 'url'), odd),
        odd,
      ),
      counterparties: fc.array(
        fc.record({ account: text, relation: fc.constantFrom(...relationNames, 'odd') }),
        { maxLength: 2 },
      ),
      action: odd,
      target: odd,
      accountCreatedAt: odd,
      sessionId: odd,
      attributes: fc.dictionary(text, anything, { maxKeys: 3 }),
    },
    { requiredKeys: ['eventId', 'type', 'occurredAt', 'account'] },
  ),
  fc.record({ account: odd, label: odd, source: odd, at: odd }),
  fc.record({ accounts: fc.array(odd, { maxLength: 4 }) }),
  fc.record({ ids: fc.array(odd, { maxLength: 4 }) }),
  fc.record({ name: odd, scopes: fc.array(odd, { maxLength: 3 }) }),
  fc.array(anything, { maxLength: 4 }),
  anything,
)

const postRoutes = routes.filter(({ method }) => method === 'post').map(({ path }) => path)
const getRoutes = routes.filter(({ method, path }) => method === 'get' && path.startsWith('/v1'))

test('any JSON to any route that takes some', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...postRoutes), body, async (path, sent) => {
      const { status } = await server.post(path, sent)

      expect(status).toBeLessThan(500)
    }),
    { numRuns: 400 },
  )
})

test('any bytes as NDJSON, and as JSON', async () => {
  const type = fc.constantFrom('application/x-ndjson', 'application/json')

  await fc.assert(
    fc.asyncProperty(type, fc.uint8Array({ maxLength: 60 }), async (contentType, bytes) => {
      const { status } = await server.send('/v1/events', posted(contentType, Uint8Array.from(bytes)))

      expect([202, 400]).toContain(status)
    }),
    { numRuns: 150 },
  )
})

test('any parameters and any ids in the path', async () => {
  const names = fc.constantFrom('a', 'b', 'maxHops', 'v', 'limit', 'cursor', 'class', 'minRisk', 'after', 'x')
  const values = fc.oneof(
    text,
    fc.constantFrom('1', '-1', '0.5', '1e400', 'NaN', 'uncertain', 'farm_0', 'farm_1'),
  )
  const query = fc.array(fc.tuple(names, values), { maxLength: 4 })

  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...getRoutes), text, query, async ({ path }, id, asked) => {
      const search = new URLSearchParams(asked)
      const place = path.replaceAll(/\{\w+\}/g, encodeURIComponent(id.toWellFormed()))
      const { status } = await server.send(`${place}?${search.toString()}`)

      expect(status).toBeLessThan(500)
    }),
    { numRuns: 400 },
  )
})

test('after all of it the server is well, and detects', async () => {
  const { body: before } = await server.get<{ run: number }>('/readyz')

  await server.post('/v1/events', ringOf('later', 5))

  const after = await until(
    () => server.get<{ run: number }>('/readyz'),
    (reply) => reply.body.run > before.run,
  )
  expect(after.body.run).toBeGreaterThan(before.run)
  expect(server.logged()).not.toContain('request failed')
  expect(server.logged()).not.toContain('job failed')
})
