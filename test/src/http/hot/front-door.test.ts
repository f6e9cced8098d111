/** Connections of plain requests are answered without a parser; nobody may be able to tell by what comes back. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { listen } from '../../../../src/http/server.ts'
import { encodeSnapshot } from '../../../../src/snapshot/encode.ts'
import { runOf } from '../../../support/core/publications.ts'
import {
  configWithKeys,
  exchange,
  type TwoDoors,
  twoDoors,
  withoutOwn,
} from '../../../support/processes/two-doors.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const dir = tempDir()
let doors: TwoDoors
let key: string
beforeAll(async () => {
  const made = await configWithKeys({ dataDir: dir.path }, [['risk:read']])
  key = `authorization: Bearer ${made.tokens[0]}`
  const snapshot = encodeSnapshot({
    run: runOf(1, 0),
    accounts: ['ada', 'ünî'],
    rings: [],
    publicness: new Map(),
  })
  doors = await twoDoors({ config: made.config, now: () => 10_000, snapshot })
  // Keys are read when they are first asked for.
  await exchange(doors.hot, get('/v1/accounts/ada/risk', [key, close]))
})
afterAll(async () => {
  await doors[Symbol.asyncDispose]()
  dir[Symbol.dispose]()
})

const close = 'connection: close'
const get = (target: string, headers: readonly string[], line = 'HTTP/1.1'): string =>
  `${[`GET ${target} ${line}`, 'host: x', ...headers].join('\r\n')}\r\n\r\n`
const plain = (account: string): string => get(`/v1/accounts/${account}/risk`, [key, 'accept: */*'])
const last = (): string => get('/v1/accounts/last/risk', [key, close])

test('plain requests are, and the rest of the connection by whoever understands it', async () => {
  const sent = ['ada', 'nobody', '%C3%BCn%C3%AE', 'ada'].map(plain)
  const before = [doors.answeredPlain(), doors.leftToExpress()]

  const answers = await exchange(doors.hot, ...sent, get('/livez', []), plain('ada'), last())

  expect(doors.answeredPlain() - (before[0] ?? 0)).toBe(sent.length)
  expect(doors.leftToExpress() - (before[1] ?? 0)).toBe(1)
  expect(withoutOwn(answers)).toBe(
    withoutOwn(await exchange(doors.express, ...sent, get('/livez', []), plain('ada'), last())),
  )
  expect(answers.split('HTTP/1.1 200 OK')).toHaveLength(sent.length + 4)
})

const rightHeader = fc.constantFrom(
  'connection: keep-alive',
  'Connection: Keep-Alive',
  'content-length: 0',
  'te: trailers',
  'traceparent: 1',
  'cookie: a=b',
  'x:',
  `x: ${'y'.repeat(300)}`,
)
const right = fc
  .tuple(
    fc.constantFrom('ada', 'nobody', '%C3%BCn%C3%AE', '%', 'a/b'),
    fc.option(rightHeader, { nil: undefined }),
  )
  .map(([account, header]) =>
    get(`/v1/accounts/${account}/risk`, header === undefined ? [key] : [key, header]),
  )

test('wherever the bytes are cut', async () => {
  const requests = fc.array(
    fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: right }),
    { minLength: 1, maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(requests, fc.array(fc.nat(1_500), { maxLength: 3 }), async (sent, cuts) => {
      const bytes = sent.map((one) => one ?? plain('ada')).join('') + last()
      const places = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b)]
      const pieces = places.map((from, i) => bytes.slice(from, places[i + 1]))

      const [hot, parsed] = await Promise.all([
        exchange(doors.hot, ...pieces),
        exchange(doors.parsed, ...pieces),
      ])

      expect(withoutOwn(hot)).toBe(withoutOwn(parsed))
    }),
    { numRuns: 200 },
  )
}, 60_000)

test.each([
  'connection: upgrade',
  'connection: close',
  'upgrade: h2c',
  'expect: 100-continue',
  'expect: x',
  'content-length: x',
  'content-length: -1',
  'transfer-encoding: x',
  'keep-alive: 1',
  'host: y',
  'x : y',
  ' folded: y',
  'x: \u00fc',
  'x: \u0001',
  'x\u0000: y',
  'no colon',
  ': y',
  '\u00fc: y',
  'x: y\rz: 1',
  'connection: keep-alive, close',
  'connection: close\r\nconnection: keep-alive',
  'x: y\nz: 1',
])('whatever its headers are: %j', async (header) => {
  for (const line of ['HTTP/1.1', 'HTTP/1.0', 'http/1.1', 'HTTP/1.1 ', 'HTTP/2.0', '']) {
    const odd = Buffer.from(get('/v1/accounts/ada/risk', [key, header], line), 'latin1')
    // Whether Node still reads what comes behind a last request is a matter of time.
    const isLast =
      header.includes('close') || (line !== 'HTTP/1.1' && !/^connection: keep-alive/m.test(header))
    const pieces = isLast ? [odd] : [odd, last()]

    const [hot, parsed] = await Promise.all([
      exchange(doors.hot, ...pieces),
      exchange(doors.parsed, ...pieces),
    ])

    expect(withoutOwn(hot)).toBe(withoutOwn(parsed))
  }
})

test('heads that are too long are refused', async () => {
  const long = get('/v1/accounts/ada/risk', [key, `x: ${'y'.repeat(20_000)}`])

  const [hot, parsed] = await Promise.all([exchange(doors.hot, long), exchange(doors.parsed, long)])

  expect(withoutOwn(hot)).toBe(withoutOwn(parsed))
  expect(hot).toContain('HTTP/1.1 431')
})

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const open = (patience = { headersMs: 300, requestMs: 600, checkEveryMs: 50 }) =>
  listen(
    { plain: () => answer, listener: (_, response) => response.end('node') },
    { host: '127.0.0.1', port: 0, patience },
  )

test('who says nothing is told so, and cut', async () => {
  await using server = await open()

  const answered = await exchange(new URL(server.url))

  expect(answered).toMatch(/^HTTP\/1.1 408 [^]*"request_timeout"/)
})

test('connections that wait for their next request do not keep a server from closing', async () => {
  const server = await open()
  const { port, hostname } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  socket.write(plain('ada'))
  const [answered] = (await once(socket, 'data')) as [Buffer]
  const ended = once(socket, 'close')

  await server[Symbol.asyncDispose]()
  await ended

  expect(answered.toString()).toBe(answer)
})
