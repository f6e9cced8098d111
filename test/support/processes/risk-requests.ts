/** Requests about risk, good, bad and odd, as they go over the wire. */
import fc from 'fast-check'
import { type Sent, wire } from './two-doors.ts'

/** Ids that are known: in a ring, and in none. */
export const ringIds = ['ring_0', 'ring/1', 'ünî', '"quoted"']
export const aloneIds = [
  'ada',
  'Ben',
  'a b',
  '%41',
  'x'.repeat(256),
  '日本',
  'back\\slash',
  '\u0001',
  '...',
  "it's",
]
const known = [...ringIds, ...aloneIds]

export const none = new Uint8Array()
const encoded = (id: string): string => encodeURIComponent(id.toWellFormed())
const id = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...known) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('nobody', 'ADA', 'ben', '', 'y'.repeat(257), 'e\u0301', '\u0000', '..', '.'),
  },
)
/** As a path has it: encoded as it should be, more or less than it should be, or wrongly. */
const segment = fc.oneof(
  { weight: 6, arbitrary: id.map(encoded) },
  { weight: 1, arbitrary: id.map((text) => encoded(text).toLowerCase()) },
  { weight: 1, arbitrary: id.map((text) => encoded(encoded(text))) },
  {
    weight: 1,
    arbitrary: id.map((text) =>
      [...Buffer.from(text)].map((b) => `%${b.toString(16).padStart(2, '0')}`).join(''),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '%',
      '%e0%a4%a',
      '%zz',
      '%ff',
      'a%2Fb',
      'a/b',
      'a;b=c',
      'a+b',
      'a?b',
      '~',
      '!$&',
    ),
  },
)
const query = fc.oneof(
  { weight: 5, arbitrary: fc.constant('') },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(
        '0',
        '1',
        '7993',
        '7992',
        '99999',
        '007',
        '1e3',
        '-1',
        '',
        'x',
        '1.5',
        '9'.repeat(17),
        '%31',
      )
      .map((text) => `?maxStalenessMs=${text}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '?',
      '?x=1',
      '?maxStalenessMs=1&maxStalenessMs=99999',
      '?MaxStalenessMs=1',
      '?&',
      '?maxStalenessMs[a]=1',
      '?__proto__=1',
    ),
  },
)
const authorization = fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat(7) })
/** Of two keys the first may read risk. */
function authorizationOf([right = '', other = '']: readonly string[], which: number): readonly string[] {
  const forged = right.slice(0, -1) + (right.endsWith('0') ? '1' : '0')
  const headers = [
    [`authorization: Bearer ${right}`],
    [],
    [`Authorization: Bearer ${other}`],
    [`authorization: Bearer ${forged}`],
    [`authorization: bearer ${right}`],
    [`authorization: Basic ${right}`],
    [`authorization: Bearer ${other}`, `authorization: Bearer ${right}`],
    [`AUTHORIZATION:Bearer ${right}  `],
  ]
  return headers[which] ?? []
}
const oddHeaders = fc.oneof(
  { weight: 5, arbitrary: fc.constant([] as string[]) },
  {
    weight: 1,
    arbitrary: fc.subarray([
      'if-none-match: *',
      'accept: text/plain',
      'x-request-id: mine',
      'range: bytes=0-3',
      'cookie: a=b',
      'accept-encoding: gzip',
      'if-modified-since: Thu, 01 Jan 2099 00:00:00 GMT',
      'content-encoding: gzip',
    ]),
  },
)

const one = fc
  .record({
    method: fc.oneof(
      { weight: 9, arbitrary: fc.constant('GET') },
      { weight: 1, arbitrary: fc.constantFrom('HEAD', 'POST', 'DELETE', 'OPTIONS', 'PUT', 'PATCH') },
    ),
    path: fc.oneof(
      { weight: 9, arbitrary: segment.map((text) => `/v1/accounts/${text}/risk`) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '/v1/accounts/ada/risk/',
          '/V1/accounts/ada/risk',
          '/v1//accounts/ada/risk',
          '/v1/accounts/ada/Risk',
          '/v1/accounts/ada/risks',
          '/v1/accounts//risk',
          '/v1/accounts/risk',
          'http://x/v1/accounts/ada/risk',
          '/v1/accounts/../accounts/ada/risk',
          '/v1/accounts/ada/risk#a',
          '/v1/riskXbatch',
        ),
      },
    ),
    query,
    key: authorization,
    headers: oddHeaders,
  })
  .map(({ method, path, query: search, key, headers }) => ({
    method,
    target: path + search,
    key,
    headers,
    body: none,
  }))

const ids = fc.oneof(
  { weight: 30, arbitrary: fc.array(id, { minLength: 1, maxLength: 8 }) },
  { weight: 8, arbitrary: fc.array(fc.oneof(id, fc.jsonValue({ maxDepth: 1 })), { maxLength: 5 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      Array.from({ length: 1_000 }, () => 'ada'),
      Array.from({ length: 1_001 }, () => 'ada'),
    ),
  },
)
const batchText = fc.oneof(
  { weight: 6, arbitrary: ids.map((accounts) => JSON.stringify({ accounts })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '{',
      'null',
      '1',
      '[]',
      '["ada"]',
      '{"accounts":"ada"}',
      '{"accounts":[]}',
      '{"accounts":["ada"],"x":1}',
      '{"__proto__":1,"accounts":["ada"]}',
      '{"accounts":["ada"],"accounts":["x"]}',
      '{"accounts":["\\ud800"]}',
      '\ufeff{"accounts":["ada"]}',
      '{"accounts":{"0":"ada","length":1}}',
      ' {"accounts" : ["e\u0301"]} ',
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)) },
)
const batchBody = fc.oneof(
  { weight: 9, arbitrary: batchText.map((text) => Buffer.from(text)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      Buffer.from([0x7b, 0xff, 0x7d]),
      Buffer.from('{"accounts":["ada"]}', 'utf16le'),
    ),
  },
)
const many = fc
  .record({
    method: fc.oneof(
      { weight: 9, arbitrary: fc.constant('POST') },
      { weight: 1, arbitrary: fc.constantFrom('PUT', 'GET') },
    ),
    path: fc.oneof(
      { weight: 9, arbitrary: fc.constant('/v1/risk:batch') },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '/v1/risk%3Abatch',
          '/v1/riskX',
          '/v1/risk:batch/',
          '/v1/risk:Batch',
          '/v1/risk',
        ),
      },
    ),
    query,
    key: authorization,
    headers: oddHeaders,
    type: fc.oneof(
      { weight: 9, arbitrary: fc.constant(['content-type: application/json']) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          [],
          ['content-type: text/plain'],
          ['Content-Type: Application/JSON; charset=utf-8'],
          ['content-type: application/x-ndjson'],
        ),
      },
    ),
    isChunked: fc.oneof(
      { weight: 9, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
    body: batchBody,
  })
  .map(({ method, path, query: search, key, headers, type, isChunked, body }) => ({
    method,
    target: path + search,
    key,
    headers: [
      ...headers,
      ...type,
      isChunked ? 'transfer-encoding: chunked' : `content-length: ${body.length}`,
    ],
    body: isChunked ? chunked(body) : body,
  }))

const chunked = (body: Uint8Array): Uint8Array =>
  Buffer.concat([
    ...(body.length > 0 ? [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')] : []),
    Buffer.from('0\r\n\r\n'),
  ])

const single = fc.oneof({ weight: 3, arbitrary: one }, { weight: 2, arbitrary: many })

/** So many requests, each with one of the keys, none or a wrong one, for one connection. */
export const riskRequests = (count: number) => fc.array(single, { minLength: count, maxLength: count })

export const onOneConnection = (
  tokens: readonly string[],
  requests: readonly (Sent & { readonly key: number })[],
): Buffer =>
  Buffer.concat(
    requests.map(({ key, headers, ...request }, i) =>
      wire({ ...request, headers: [...authorizationOf(tokens, key), ...headers] }, i === requests.length - 1),
    ),
  )
