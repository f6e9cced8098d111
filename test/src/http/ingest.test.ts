import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ndjson, ringOf, sentEvent } from '../../support/processes/deliveries.ts'
import { posted, type Served, served, until } from '../../support/processes/served.ts'

interface Results {
  readonly read: number
  readonly accepted: number
  readonly rejected: number
  readonly results: readonly {
    readonly line: number
    readonly status: string
    readonly code?: string
    readonly pointer?: string
  }[]
}

let server: Served
beforeAll(async () => {
  server = await served()
})
afterAll(() => server[Symbol.asyncDispose]())

const send = (type: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  server.send<Results>('/v1/events', {
    ...posted(type, body),
    headers: { 'content-type': type, ...headers },
  })

describe('events', () => {
  test('come as a JSON array, one object or NDJSON, plain or gzip', async () => {
    const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((account) => sentEvent(account))
    const zip = { 'content-encoding': 'gzip' }

    const replies = [
      await send('application/json', JSON.stringify([a, b])),
      await send('application/json; charset=utf-8', JSON.stringify(c)),
      await send('application/x-ndjson', `${JSON.stringify(d)}\r\n\n`),
      await send('application/x-ndjson', gzipSync(ndjson([e, sentEvent('f')])), zip),
      await send('application/json', gzipSync(JSON.stringify([sentEvent('g')])), zip),
    ]

    expect(replies.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202])
    expect(replies.map(({ body }) => body.accepted)).toEqual([2, 1, 1, 2, 1])
  })

  test('are each answered by line, and a bad one fails none of its neighbours', async () => {
    const first = sentEvent('ada')
    await server.post('/v1/events', [first])

    const { body } = await server.post<Results>('/v1/events', [
      sentEvent('bob'),
      first,
      { ...first, type: 'payment' },
      { ...sentEvent('cid'), type: 'teleport' },
      sentEvent('dan', { occurredAt: '2026-02-30T00:00:00Z' }),
    ])

    expect(body).toMatchObject({ read: 5, accepted: 1, duplicate: 1, conflict: 1, rejected: 2 })
    expect(body.results.map(({ line, status, code, pointer }) => [line, status, code, pointer])).toEqual([
      [1, 'accepted', undefined, undefined],
      [2, 'duplicate', undefined, undefined],
      [3, 'conflict', undefined, undefined],
      [4, 'rejected', 'invalid_input', '/type'],
      [5, 'rejected', 'invalid_input', '/occurredAt'],
    ])
  })

  test('of NDJSON are counted by their lines in the body, empty ones too', async () => {
    const body = `\n${JSON.stringify(sentEvent('ada'))}\n\nnot json\n`

    const reply = await send('application/x-ndjson', body)

    expect(reply.body.results.map(({ line, status, code }) => [line, status, code])).toEqual([
      [2, 'accepted', undefined],
      [4, 'rejected', 'invalid_json'],
    ])
  })

  test('repeated within one body are duplicates', async () => {
    const twice = sentEvent('eve')

    const { body } = await server.post<Results>('/v1/events', [twice, twice])

    expect(body.results.map(({ status }) => status)).toEqual(['accepted', 'duplicate'])
  })
})

interface Risk {
  readonly known: boolean
  readonly ring: { readonly id: string; readonly size: number } | null
}

test('events that form a ring change the risk of its accounts without another command', async () => {
  const ask = () => server.get<Risk>('/v1/accounts/farm_0/risk')
  const before = await ask()

  await server.post('/v1/events', ringOf('farm', 6))
  const after = await until(ask, ({ body }) => body.ring !== null)

  expect(before.body).toMatchObject({ known: false, ring: null })
  expect(after.body).toMatchObject({ known: true, ring: { size: 6 } })
})

test('labels are answered by line, and the newest of a source is kept', async () => {
  const label = { account: 'ada', label: 'fraud', source: 'review', at: '2026-05-02T10:15:00Z' }

  const { status, body } = await server.post<Results>('/v1/labels', [
    label,
    label,
    { ...label, label: 'odd' },
    { ...label, reason: 'takeover', label: 'none', at: '2026-05-03T10:15:00Z' },
  ])

  expect(status).toBe(202)
  expect(body.results.map(({ status: became, pointer }) => [became, pointer])).toEqual([
    ['accepted', undefined],
    ['duplicate', undefined],
    ['rejected', '/label'],
    ['accepted', undefined],
  ])
})

test('what was accepted is there after a restart', async () => {
  await using first = await served()
  await first.post('/v1/events', ringOf('lasting', 5))
  const ask = (on: Served) => on.get<Risk>('/v1/accounts/lasting_1/risk')
  await until(
    () => ask(first),
    ({ body }) => body.ring !== null,
  )
  const before = await ask(first)
  await first.stop()

  await using second = await first.again()
  const after = await ask(second)

  expect({ ...after.body, meta: 0 }).toEqual({ ...before.body, meta: 0 })
})
