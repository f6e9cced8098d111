import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ingestFile } from '../../../src/cli/commands/ingest.ts'
import { localTarget } from '../../../src/cli/ingesting/targets.ts'
import { openWriting } from '../../../src/compose.ts'
import { readConfig } from '../../../src/config.ts'
import { type Answer, type Server, startServer } from '../../support/processes/server.ts'
import { tempDir } from '../../support/temp-dir.ts'

let api: Server
beforeAll(async () => {
  api = await startServer()
})
afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

let number = 0
const good = (more: object = {}) => {
  number += 1
  return {
    eventId: `good${number}`,
    type: 'login',
    occurredAt: '2026-05-02T10:15:00Z',
    account: 'ada',
    ...more,
  }
}
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
const card = '4111 1111 1111 1111'
const digitsOf = card.replaceAll(' ', '')

const lines: readonly (readonly [what: string, line: object, code: string, pointer: string])[] = [
  ['an unknown type', good({ type: 'nonsense' }), 'invalid_input', '/type'],
  ['no account', { ...good(), account: undefined }, 'invalid_input', '/account'],
  ['an empty account', good({ account: '' }), 'invalid_input', '/account'],
  ['a day that is none', good({ occurredAt: '2026-02-30T00:00:00Z' }), 'invalid_input', '/occurredAt'],
  ['a time without a zone', good({ occurredAt: '2026-05-02T10:15:00' }), 'invalid_input', '/occurredAt'],
  ['a time far ahead', good({ occurredAt: '2999-05-02T10:15:00Z' }), 'time_in_future', '/occurredAt'],
  ['a time long ago', good({ occurredAt: '1999-12-31T23:59:59Z' }), 'time_too_old', '/occurredAt'],
  ['an over-long id', good({ account: 'x'.repeat(257) }), 'invalid_input', '/account'],
  ['an id of 256 characters and more bytes', good({ account: 'é'.repeat(200) }), 'invalid_input', '/account'],
  ['NUL', good({ account: 'a\0b' }), 'invalid_input', '/account'],
  ['half a surrogate pair', good({ account: 'a\ud800' }), 'invalid_input', '/account'],
  ['an unknown field', good({ acount: 'ada' }), 'invalid_input', ''],
  ['an unknown kind', good({ identifiers: { shoeSize: '44' } }), 'invalid_input', '/identifiers'],
  ['a derived kind', good({ identifiers: { ip24: '203.0.113' } }), 'invalid_input', '/identifiers'],
  ['an address that is none', good({ identifiers: { ip: '999.1.1.1' } }), 'invalid_input', '/identifiers/ip'],
  [
    'the second of two values',
    good({ identifiers: { ip: ['203.0.113.7', '0300.1.1.1'] } }),
    'invalid_input',
    '/identifiers/ip/1',
  ],
  [
    'an unknown relation',
    good({ counterparties: [{ account: 'bob', relation: 'likes' }] }),
    'invalid_input',
    '/counterparties/0/relation',
  ],
  ['a target without an action', good({ target: 'track' }), 'invalid_input', '/action'],
  [
    'an amount that is no number',
    good({ attributes: { amount: 'much' } }),
    'invalid_input',
    '/attributes/amount',
  ],
  [
    'a card number as a value',
    good({ identifiers: { payment: card } }),
    'card_number',
    '/identifiers/payment',
  ],
  [
    'a card number with dashes in an id',
    good({ sessionId: card.replaceAll(' ', '-') }),
    'card_number',
    '/sessionId',
  ],
  [
    'a card number in a sentence',
    good({ attributes: { note: `paid with ${digitsOf} today` } }),
    'card_number',
    '/attributes/*',
  ],
  [
    'a card number as a number',
    good({ attributes: { amount: Number(digitsOf) } }),
    'card_number',
    '/attributes/amount',
  ],
  ['a card number as a key', good({ attributes: { [digitsOf]: 1 } }), 'card_number', '/attributes'],
  ['a card number as an event id', good({ eventId: digitsOf }), 'card_number', '/eventId'],
  ['a card number as an account', good({ account: digitsOf }), 'card_number', '/account'],
  ['a card number in an unknown field', good({ secret: [{ x: card }] }), 'card_number', '/*/0/*'],
]

describe('a bad line', () => {
  test.each(lines)(
    '%s is rejected with its place, and its neighbours are kept',
    async (_, line, code, pointer) => {
      const { status, body, text } = await api.post('/v1/events', [good(), line, good()])

      expect(status).toBe(202)
      expect(body).toMatchObject({ accepted: 2, rejected: 1 })
      expect((body['results'] as unknown[])[1]).toMatchObject({
        line: 2,
        status: 'rejected',
        code,
        pointer,
        detail: expect.any(String),
      })
      expect(text).not.toContain(digitsOf.slice(0, 12))
    },
  )
})

const ndjson = { 'content-type': 'application/x-ndjson' }
const json = { 'content-type': 'application/json' }
const large = `{"eventId":"${'x'.repeat(10 * 1_048_576)}"}`

const bodies: readonly (readonly [
  what: string,
  send: () => Promise<Answer>,
  status: number,
  code: string,
])[] = [
  ['10 MB', () => api.send('POST', '/v1/events', large, ndjson), 413, 'body_too_large'],
  [
    'a gzip bomb',
    () =>
      api.send('POST', '/v1/events', gzipSync(Buffer.alloc(64 * 1_048_576)), {
        ...ndjson,
        'content-encoding': 'gzip',
      }),
    413,
    'body_too_large',
  ],
  [
    'broken gzip',
    () =>
      api.send('POST', '/v1/events', gzipSync(JSON.stringify(good())).subarray(0, 30), {
        ...ndjson,
        'content-encoding': 'gzip',
      }),
    400,
    'invalid_gzip',
  ],
  [
    'no gzip at all',
    () => api.send('POST', '/v1/events', 'hello', { ...ndjson, 'content-encoding': 'gzip' }),
    400,
    'invalid_gzip',
  ],
  ['not JSON', () => api.send('POST', '/v1/events', '{"eventId":', json), 400, 'invalid_json'],
  [
    'not UTF-8',
    () => api.send('POST', '/v1/events', Buffer.from([0x22, 0xff, 0xfe, 0x22]), json),
    400,
    'invalid_json',
  ],
  [
    'another content type',
    () => api.send('POST', '/v1/events', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }),
    415,
    'unsupported_media_type',
  ],
  [
    'another encoding',
    () => api.send('POST', '/v1/events', 'x', { ...ndjson, 'content-encoding': 'br' }),
    415,
    'unsupported_media_type',
  ],
  [
    'more than 1,000 items',
    () =>
      api.post(
        '/v1/events',
        Array.from({ length: 1_001 }, () => 1),
      ),
    413,
    'too_many_items',
  ],
]

describe('a bad body', () => {
  test.each(bodies)('of %s is refused whole', async (_, send, status, code) => {
    const answer = await send()

    expect(answer).toMatchObject({ status, body: { code } })
    expect(answer.text.length).toBeLessThan(16_384)
  })

  test('of a bomb of 100,000 brackets, alone and among good lines, does no harm', async () => {
    const alone = await api.send('POST', '/v1/events', nested(100_000), json)
    const inside = await api.send(
      'POST',
      '/v1/events',
      JSON.stringify(good({ attributes: { deep: 'HERE' } })).replace('"HERE"', nested(100_000)),
      json,
    )
    const among = await api.send(
      'POST',
      '/v1/events',
      [JSON.stringify(good()), nested(100_000), 'not json', JSON.stringify(good())].join('\n'),
      ndjson,
    )

    expect(alone.status).toBe(202)
    expect(alone.body).toMatchObject({ rejected: 1 })
    expect(inside.body).toMatchObject({
      results: [{ code: 'invalid_input', pointer: expect.stringMatching(/^\/attributes/) }],
    })
    expect(among.body).toMatchObject({ accepted: 2, rejected: 2 })
  })
})

describe('files', () => {
  const dir = tempDir()
  afterAll(() => dir[Symbol.dispose]())

  const ingest = async (name: string, content: string | Buffer) => {
    writeFileSync(join(dir.path, name), content)
    const counts = { read: 0, accepted: 0, duplicate: 0, conflict: 0, rejected: 0 }
    await using target = localTarget(
      'events',
      await openWriting(readConfig({ dataDir: join(dir.path, 'data') }, {})),
    )
    const failure = await ingestFile(join(dir.path, name), { mapping: undefined, target, counts }).then(
      () => undefined,
      (error: unknown) => error,
    )
    return { counts, failure }
  }

  test('take any valid time, and long lines only cost themselves', async () => {
    const { counts } = await ingest(
      'old.ndjson',
      [good({ occurredAt: '1970-05-02T10:15:00Z' }), { x: 'y'.repeat(1_200_000) }, good()]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    )

    expect(counts).toMatchObject({ accepted: 2, rejected: 1 })
  })

  test('that are broken gzip keep what came before the break, and say so', async () => {
    const whole = gzipSync(
      Array.from({ length: 5_000 }, (_, i) => JSON.stringify(good({ sessionId: `s${i}` }))).join('\n'),
    )

    const { counts, failure } = await ingest('broken.ndjson.gz', whole.subarray(0, whole.length / 2))

    expect(failure).toMatchObject({ code: 'invalid_gzip' })
    expect(counts.accepted).toBeGreaterThan(100)
  })

  test('that are not there are named', async () => {
    await using target = localTarget(
      'events',
      await openWriting(readConfig({ dataDir: join(dir.path, 'data') }, {})),
    )
    const counts = { read: 0, accepted: 0, duplicate: 0, conflict: 0, rejected: 0 }

    await expect(ingestFile('/nowhere.ndjson', { mapping: undefined, target, counts })).rejects.toMatchObject(
      { code: 'invalid_input', message: expect.stringContaining('/nowhere.ndjson') },
    )
  })
})

test('no digit of a refused card number is in any file of the data directory', () => {
  const files = readdirSync(api.dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const bytes = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))

  expect(bytes.length).toBeGreaterThan(2)
  for (const spelled of [card, digitsOf, card.replaceAll(' ', '-')])
    expect(bytes.some((text) => text.includes(spelled))).toBe(false)
})
