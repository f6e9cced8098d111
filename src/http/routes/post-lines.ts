/** `POST /v1/events` and `POST /v1/labels`: lines in, a result for each out. */
import { z } from 'zod'
import { AppError } from '../../../graph/errors.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { ingestEvents, ingestLabels, type Line, type LineResult } from '../../../jobs/ingest.ts'
import { eventSchema, labelSchema } from '../../sources/contract.ts'
import { type Delivery, valueDelivery } from '../../sources/delivery.ts'
import { eventLine, labelLine } from '../../sources/lines.ts'
import { ndjsonDeliveriesOf } from '../../sources/ndjson.ts'
import { parseJson } from '../body.ts'
import { linksNow } from '../provisional.ts'
import { type Request, route } from '../route.ts'
import { ingestReplySchema } from '../schemas.ts'
import type { HttpServices } from '../services.ts'

/** Of a JSON array; NDJSON may hold as many as fit in the body. */
const itemsMax = 1_000
const bodyBytesMax = 8 * 1_048_576
/** Each line is looked up in the store. */
const linkedMax = 100

export const postEvents = route({
  method: 'post',
  path: '/v1/events',
  summary: 'Takes events: a JSON array of at most 1,000, or NDJSON. Durable when it answers.',
  scope: 'ingest',
  repeatable: true,
  status: 202,
  lines: true,
  bodyBytesMax,
  query: z.strictObject({
    wait: z.enum(['links']).optional().describe('Say of each line where it leads, from memory'),
  }),
  body: eventSchema,
  reply: ingestReplySchema,
  problems: ['invalid_json', 'invalid_gzip', 'body_too_large', 'too_many_items'],

  async handle(services, request) {
    const { ingest, border, metrics } = services
    const lines = deliveriesOf(request).map((delivery) => eventLine(border, delivery, { live: true }))
    const { wait } = request.query
    if (wait && lines.length > linkedMax) throw tooManyToLink(lines.length)
    const results = await ingestEvents(ingest, request.caller, lines)
    await services.live.see(acceptedOf(lines, results))
    const answered = answer(results, (status, count) => metrics.line('events', status, count))
    return wait ? { ...answered, results: await withLinks(services, lines, results) } : answered
  },
})

export const postLabels = route({
  method: 'post',
  path: '/v1/labels',
  summary: 'Takes labels: a JSON array of at most 1,000, or NDJSON. Durable when it answers.',
  scope: 'ingest',
  repeatable: true,
  status: 202,
  lines: true,
  bodyBytesMax,
  body: labelSchema,
  reply: ingestReplySchema,
  problems: ['invalid_json', 'invalid_gzip', 'body_too_large', 'too_many_items'],

  async handle({ ingest, queue, metrics }, request) {
    const results = await ingestLabels(ingest, request.caller, deliveriesOf(request).map(labelLine))
    await queue.request('detect', { afterMs: 0 })
    return answer(results, (status, count) => metrics.line('labels', status, count))
  },
})

function deliveriesOf({
  bytes,
  contentType,
}: Pick<Request<unknown, unknown, unknown>, 'bytes' | 'contentType'>): readonly Delivery[] {
  if (contentType === 'application/x-ndjson') return ndjsonDeliveriesOf(bytes)
  const body = parseJson(bytes)
  const items = Array.isArray(body) ? (body as unknown[]) : [body]
  if (items.length > itemsMax) {
    throw new AppError(
      'too_many_items',
      `The array holds ${items.length} items and may hold ${itemsMax}: send it in parts, or as application/x-ndjson`,
    )
  }
  return items.map((item, i) => valueDelivery(i + 1, item))
}

const tooManyToLink = (lines: number): AppError =>
  new AppError(
    'too_many_items',
    `With wait=links a request holds ${linkedMax} lines at the most, and this one ${lines}: nothing was taken; send it in parts`,
  )

function acceptedOf(
  lines: readonly Line<StoredEvent>[],
  results: readonly LineResult[],
): readonly StoredEvent[] {
  const taken = new Set(results.flatMap(({ line, status }) => (status === 'rejected' ? [] : [line])))
  return lines.flatMap(({ line, admission }) =>
    'value' in admission && taken.has(line) ? [admission.value] : [],
  )
}

/** What was taken is told where it leads, once it is durable. */
async function withLinks(
  services: HttpServices,
  lines: readonly Line<StoredEvent>[],
  results: readonly LineResult[],
) {
  const events = new Map(
    lines.flatMap(({ line, admission }) => ('value' in admission ? [[line, admission.value]] : [])),
  )
  const told = []
  for (const result of results) {
    const event = events.get(result.line)
    told.push(event ? { ...result, links: await linksNow(services, event) } : result)
  }
  return told
}

const statuses = ['accepted', 'duplicate', 'conflict', 'rejected'] as const

function answer(results: readonly LineResult[], count: (status: string, lines: number) => void) {
  const counts = { accepted: 0, duplicate: 0, conflict: 0, rejected: 0 }
  for (const { status } of results) counts[status] += 1
  for (const status of statuses) if (counts[status] > 0) count(status, counts[status])
  return { read: results.length, ...counts, results: [...results] }
}
