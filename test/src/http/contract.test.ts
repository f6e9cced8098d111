/** Requests made from the OpenAPI document: each answer is one that the document tells of. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { openApiDocument } from '../../../src/http/openapi.ts'
import { type Document, type Made, type Pool, requestsOf } from '../../support/openapi/requests.ts'
import { faultsOf } from '../../support/openapi/schema.ts'
import { ringOf } from '../../support/processes/deliveries.ts'
import { odd } from '../../support/processes/farm.ts'
import { type Reply, type Served, served, until } from '../../support/processes/served.ts'

const document = openApiDocument('0') as unknown as Document

let server: Served
let pool: Pool
beforeAll(async () => {
  // The keys that are made on the way may ask as often as they like, and nobody waits for a run to end.
  server = await served({ requestsPerSecond: { other: 1_000_000, risk: 1_000_000 } })
  await server.post('/v1/events', [...ringOf('farm', 5), ...ringOf('mill', 4)])
  const rings = () => server.get<{ items: readonly { ring: string }[] }>('/v1/rings')
  const found = await until(rings, ({ body }) => body.items.length === 2)
  const accounts = ['farm_0', 'farm_1', 'mill_0', odd, 'nobody']
  pool = {
    ring: found.body.items.map(({ ring }) => ring),
    account: accounts,
    accounts,
    a: accounts,
    b: accounts,
    kind: ['device', 'payment', 'email', 'ip', 'phone', 'nothing'],
    value: ['farm_device', '203.0.113.7', 'ann@example.org', '4111111111111111'],
    scopes: ['risk:read', 'ingest', 'nothing'],
    source: ['desk'],
    format: ['csv', 'graphml', 'json'],
  }
}, 60_000)
afterAll(() => server[Symbol.asyncDispose]())

/** What is wrong with an answer, by the document alone. */
function wrongWith({ method, template }: Made, { status, type, text }: Reply<unknown>): readonly string[] {
  const { responses } = document.paths[template]?.[method] ?? { responses: {} }
  const told = responses[status]
  // Whoever bounds the age of an answer asks for this one.
  if (status >= 500 && !text.includes('"snapshot_stale"')) return [`is ${status}`]
  if (!told) return [`is ${status}, which is not told of`]
  const [bare = ''] = type.split(';')
  const content = told.content?.[bare]
  if (!content) return [`is of ${bare}, which is not told of for ${status}`]
  if (status >= 400 && Buffer.byteLength(text) > 16_384) return ['is a problem of more than 16 KB']
  const value: unknown = bare.endsWith('json') ? JSON.parse(text) : text
  return faultsOf(value, content.schema, document.components.schemas)
}

const atOnce = 20

test('of 2,000 made from it none is answered with a fault of ours, or in a shape it does not tell of', async () => {
  const counts = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(requestsOf(document, pool), { minLength: atOnce, maxLength: atOnce, size: 'max' }),
      async (made) => {
        const answers = await Promise.all(
          made.map(async (one) => {
            const reply = await server.ask(one.path, {
              method: one.method.toUpperCase(),
              headers: { ...one.headers, ...(one.type !== undefined && { 'content-type': one.type }) },
              ...(one.body !== undefined && { body: one.body }),
            })
            counts.set(reply.status, (counts.get(reply.status) ?? 0) + 1)
            return { one, status: reply.status, wrong: wrongWith(one, reply) }
          }),
        )

        expect(answers.filter(({ wrong }) => wrong.length > 0)).toEqual([])
      },
    ),
    { numRuns: 2_000 / atOnce, endOnFailure: true },
  )

  // Most fit, or only refusals would have been looked at.
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  expect(total).toBeGreaterThanOrEqual(2_000)
  expect((counts.get(200) ?? 0) + (counts.get(202) ?? 0)).toBeGreaterThan(total / 3)
}, 120_000)

describe('the validator', () => {
  const schemas = {
    Ring: {
      type: 'object',
      properties: { size: { type: 'integer', minimum: 1 } },
      required: ['size'],
      additionalProperties: false,
    },
  }
  const ref = { $ref: '#/components/schemas/Ring' }

  test.each([
    [{ size: 0 }, '/size is under 1'],
    [{ size: 1.5 }, '/size is number, not integer'],
    [{}, ' lacks size'],
    [{ size: 1, colour: 1 }, ' has colour, which is not told of'],
    [[], ' is array, not object'],
  ])('finds what is wrong with %j', (value, fault) => {
    expect(faultsOf(value, ref, schemas)).toContain(fault)
    expect(faultsOf({ size: 1 }, ref, schemas)).toEqual([])
  })

  test('does not pass over what it does not know', () => {
    expect(faultsOf('x', { type: 'string', contentEncoding: 'base64' } as object, {})).not.toEqual([])
    expect(faultsOf('x', { type: 'string', format: 'ipv4' }, {})).not.toEqual([])
  })
})
