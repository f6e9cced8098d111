import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { traceIn } from '../../../src/telemetry/trace.ts'
import { ringOf } from '../../support/processes/deliveries.ts'
import { type Served, served, until } from '../../support/processes/served.ts'

let server: Served
beforeAll(async () => {
  server = await served()
})
afterAll(() => server[Symbol.asyncDispose]())

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const traceparent = `00-${trace}-00f067aa0ba902b7-01`
const linesOf = (id: string) =>
  server
    .logged()
    .split('\n')
    .filter((line) => line.includes(id))

test('a trace follows the events of a request into the store, the joining and the run', async () => {
  await server.send('/v1/events', {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent },
    body: JSON.stringify(ringOf('farm', 4)),
  })
  await until(
    async () => linesOf(trace).join('\n'),
    (lines) => lines.includes('"job":"detect"'),
  )

  const messages = linesOf(trace).map((line) => line.split(' {')[0])
  expect(messages).toEqual(expect.arrayContaining(['events stored', 'request', 'job done']))
  expect(linesOf(trace).join('\n')).toContain('"job":"record"')
})

test('each request without one has one of its own, and names it', async () => {
  const replies = [await server.get('/v1/queue'), await server.get('/v1/queue')]

  const ids = replies.map(({ headers }) => {
    const [line = ''] = linesOf(headers.get('x-request-id') ?? 'none')
    return /"traceId":"([0-9a-f]{32})"/.exec(line)?.[1]
  })
  expect(new Set(ids).size).toBe(2)
  expect(ids).not.toContain(undefined)
})

test('what is no trace is not taken for one', () => {
  const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`))
  fc.assert(
    fc.property(hex(32), hex(16), (id, span) => {
      const isNothing = /^0+$/.test(id) || /^0+$/.test(span)
      expect(traceIn(`00-${id}-${span}-01`)).toBe(isNothing ? undefined : id)
    }),
  )
  for (const wrong of [
    undefined,
    '',
    'x',
    `ff-${trace}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${trace.toUpperCase()}-00f067aa0ba902b7-01`,
    `00-${trace}x-00f067aa0ba902b7-01`,
    `00-${trace}-00f067aa0ba902b7`,
  ]) {
    expect(traceIn(wrong)).toBeUndefined()
  }
})

test('figures tell the lag, the age of the run, rings by class and what people decided', async () => {
  const figure = async (name: string): Promise<number> => {
    const { text } = await server.get('/metrics')
    const line = text.split('\n').find((one) => one.startsWith(`ringleader_${name} `))
    return Number(line?.split(' ').at(-1))
  }
  const rings = await until(
    () => server.get<{ items: readonly { ring: string; class: string; size: number }[] }>('/v1/rings'),
    ({ body }) => body.items.length === 1,
  )
  const [ring] = rings.body.items
  await server.post(`/v1/rings/${ring?.ring}/decisions`, { verdict: 'confirm', reason: 'a farm' })
  // The next run obeys, and what it publishes is served.
  await until(
    () => figure('rings_by_class{class="fraud_ring"}'),
    (count) => count === 1,
  )

  expect(await figure('undetected_changes')).toBe(0)
  expect(await figure('ring_accounts_by_class{class="fraud_ring"}')).toBe(ring?.size)
  expect(await figure('verdicts{verdict="confirm"}')).toBe(1)
  expect(await figure('verdicts{verdict="benign"}')).toBe(0)
  expect(await figure('ingest_lag_seconds')).toBe(0)
  expect(await figure('models_local')).toBe(0)
  expect(await figure('detection_age_seconds')).toBeGreaterThan(0)
})
