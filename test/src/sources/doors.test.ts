/** The same bad lines through every door: an array, NDJSON, a file. Each gives the same refusal everywhere. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ingestEvents, type LineResult } from '../../../jobs/ingest.ts'
import { openWriting } from '../../../src/compose.ts'
import { readConfig } from '../../../src/config.ts'
import { eventLine } from '../../../src/sources/lines.ts'
import { ndjsonDeliveriesOf } from '../../../src/sources/ndjson.ts'
import { sentEvent } from '../../support/processes/deliveries.ts'
import { filesHolding, posted, type Served, served } from '../../support/processes/served.ts'
import { tempDir } from '../../support/temp-dir.ts'

interface Case {
  readonly what: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly without?: string
  readonly raw?: string
  readonly code?: string
  readonly pointer: string
}

const cases = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../cases/bad-input.json'), 'utf8'),
) as readonly Case[]

function textOf({ with: more = {}, without, raw }: Case): string {
  if (raw !== undefined) return raw
  const fields = Object.entries({ ...sentEvent('ada'), ...more }).filter(([name]) => name !== without)
  return JSON.stringify(Object.fromEntries(fields))
}
const texts = cases.map(textOf)
const goods = cases.map((_, i) => JSON.stringify(sentEvent(`good_${i}`)))
/** Every bad line with a good neighbour before it. */
const mixed = texts.flatMap((text, i) => [goods[i] ?? '', text])

const dir = tempDir()
const replies: string[] = []
let server: Served
let results: Readonly<Record<string, readonly LineResult[]>>

beforeAll(async () => {
  server = await served()
  const post = async (type: string, body: string) => {
    const reply = await server.send<{ results: LineResult[] }>('/v1/events', posted(type, body))
    replies.push(reply.text)
    return reply.body.results
  }
  results = {
    array: await post('application/json', `[${mixed.join(',')}]`),
    // Again, so that good lines are duplicates, and bad ones bad.
    NDJSON: await post('application/x-ndjson', mixed.join('\n')),
    file: await fromFile(mixed.join('\n')),
  }
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  dir[Symbol.dispose]()
})

async function fromFile(text: string): Promise<readonly LineResult[]> {
  await using writing = await openWriting(readConfig({ dataDir: dir.path }, {}))
  const { store, border, secrets } = writing
  const services = { store, intake: store, secrets, clock: border.clock }
  const lines = ndjsonDeliveriesOf(Buffer.from(text)).map((one) => eventLine(border, one, { live: false }))
  return await ingestEvents(services, 'bad.ndjson', lines)
}

describe.each(['array', 'NDJSON', 'file'])('through the door %s', (door) => {
  const status = { array: 'accepted', NDJSON: 'duplicate', file: 'accepted' }[door]

  test.each(cases.map((one, i) => [one.what, one, i] as const))(
    '%s is refused with its place',
    (_, one, i) => {
      const [good, bad] = (results[door] ?? []).slice(i * 2, i * 2 + 2)

      expect(good).toEqual({ line: i * 2 + 1, status })
      expect(bad).toMatchObject({
        line: i * 2 + 2,
        status: 'rejected',
        code: one.code ?? 'invalid_input',
        pointer: one.pointer,
        detail: expect.stringMatching(/^[a-z]/),
      })
    },
  )
})

test.each([
  ['more than a day ahead', 25, 'time_in_future'],
  ['within a day', 23, undefined],
])('a time %s is judged by the clock, live alone', async (_, hours, code) => {
  const occurredAt = new Date(Date.now() + hours * 3_600_000).toISOString()
  const event = sentEvent('early', { occurredAt })

  const live = await server.post<{ results: LineResult[] }>('/v1/events', [event])
  const [filed] = await fromFile(JSON.stringify(event))

  expect(live.body.results[0]?.code).toBe(code)
  expect(filed?.status).toBe('accepted')
})

test('each refused line is one dead letter however it came, and one with a card number holds nothing', async () => {
  const { body } = await server.get<{ items: { code: string; replayable: boolean }[]; total: number }>(
    '/v1/dead-letters?limit=1000',
  )

  const withCard = body.items.filter(({ code }) => code === 'card_number')
  expect(withCard).toHaveLength(cases.filter(({ code }) => code === 'card_number').length)
  expect(withCard.every(({ replayable }) => !replayable)).toBe(true)
  expect(body.items.filter(({ code }) => code !== 'card_number').every(({ replayable }) => replayable)).toBe(
    true,
  )
})

test('a card number is nowhere: not in answers, logs, or any file of either store', async () => {
  const spellings = ['4111111111111111', '4111 1111', '4111-1111', '111111111111', '４１１１']
  await server.stop()

  for (const text of spellings) {
    expect(replies.filter((reply) => reply.includes(text))).toEqual([])
    expect(server.logged()).not.toContain(text)
    expect(filesHolding(server.config.dataDir, text)).toEqual([])
    expect(filesHolding(dir.path, text)).toEqual([])
  }
  expect(filesHolding(dir.path, 'good_7')).not.toEqual([])
})
