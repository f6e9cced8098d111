/** Turns a route into an Express handler: who asks, input, work, output, in this order. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Request as ExpressRequest, Response } from 'express'
import { z } from 'zod'
import { AppError } from '../../graph/errors.ts'
import { bodyBytesDefault, parseJson, readBody } from './body.ts'
import { type Answering, endAnswer, sendJson, setRateHeaders } from './edge/answer.ts'
import type { Caller } from './edge/callers.ts'
import { sendEvents } from './edge/event-stream.ts'
import { type Answer, once } from './edge/once.ts'
import { rateClassOf } from './edge/rate-limits.ts'
import type { Route } from './route.ts'
import type { Scope } from './scopes.ts'
import type { HttpServices } from './services.ts'

export function toHandler(services: HttpServices, definition: Route) {
  return async (request: ExpressRequest, response: Response): Promise<void> => {
    const { scope } = definition
    const by = scope === 'public' ? undefined : await admit(services, { request, response, scope })
    const input = await inputOf(request, definition)
    if (by && definition.stream && wantsEvents(request)) {
      await stream(services, { request, response, by, input, definition })
      return
    }
    const who = { caller: by?.author ?? 'public', mayDo: by?.scopes ?? [] }
    const work = () => definition.handle(services, { ...input, ...who })
    const text = textTypeOf(definition, input.query)
    if (text !== undefined) {
      response
        .status(200)
        .type(text)
        .send(String(await work()))
      return
    }
    const asked = {
      definition,
      caller: by?.id ?? '',
      name: request.get('idempotency-key'),
      address: request.originalUrl,
      body: input.body,
    }
    const answer = await once(services, { asked, response }, async () => answerOf(definition, await work()))
    if (definition.secret) response.setHeader('cache-control', 'no-store')
    sendJson(response, answer.status, answer.text)
  }
}

function answerOf(definition: Route, reply: unknown): Answer {
  const answer = definition.reply.parse(reply)
  return { status: definition.statusOf?.(answer) ?? definition.status ?? 200, text: JSON.stringify(answer) }
}

const wantsEvents = (request: ExpressRequest): boolean =>
  request.method === 'GET' && request.accepts('application/json', 'text/event-stream') === 'text/event-stream'

interface StreamOrder {
  readonly request: ExpressRequest
  readonly response: Response
  readonly by: Caller
  readonly input: Awaited<ReturnType<typeof inputOf>>
  readonly definition: Route
}

/** Goes on as long as the reader takes it, may have it and the process serves. */
async function stream(services: HttpServices, order: StreamOrder): Promise<void> {
  const { request, response, by, input, definition } = order
  const { scope } = definition
  if (!definition.stream || scope === 'public') return
  const events = await definition.stream.open(services, {
    ...input,
    lastEventId: request.get('last-event-id'),
  })
  using _ = services.streams.open(by.id)
  const isGood = () =>
    services.callers.check(request.headers.authorization, scope).then(
      () => true,
      () => false,
    )
  // The figure is of how soon it began; how long it goes on is up to the reader.
  const { answering } = response.locals as { answering: Answering }
  endAnswer(services, answering, { method: 'GET', route: definition.path, status: 200 })
  response.locals['isTold'] = true
  await sendEvents(response, events, { mayGoOn: async () => services.isServing() && (await isGood()) })
}

/** The content type of an answer that is text; `undefined` for JSON. */
function textTypeOf({ text, formats }: Route, query: unknown): string | undefined {
  if (text !== undefined || !formats) return text
  const format = typeof query === 'object' && query && 'format' in query ? String(query.format) : ''
  return Object.hasOwn(formats, format) ? formats[format] : undefined
}

/** Whoever may ask, and has not asked too often. */
async function admit(
  { callers, limits }: HttpServices,
  { request, response, scope }: { request: ExpressRequest; response: Response; scope: Scope },
): Promise<Caller> {
  const by = await callers.check(request.headers.authorization, scope)
  const rate = limits.take(by.id, rateClassOf(scope))
  setRateHeaders(response, rate)
  if (rate.isAdmitted) return by
  throw new AppError(
    'rate_limited',
    'This key or person asks more often than it may: wait, and ask for many at once',
  )
}

async function inputOf(request: ExpressRequest, definition: Route) {
  const params = check(definition.params, request.params, 'path')
  const query = check(definition.query, { ...request.query }, 'query')
  const contentType = contentTypeOf(request.headers)
  const base = { params, query, contentType, body: undefined as unknown, bytes: new Uint8Array() }
  if (!definition.body) return base
  checkContentType(definition, contentType)
  const bytes = await readBody(request, definition.bodyBytesMax ?? bodyBytesDefault)
  if (definition.lines) return { ...base, bytes }
  return { ...base, body: check(definition.body, parseJson(bytes), 'body') }
}

/** Without its parameters. */
export const contentTypeOf = (headers: IncomingHttpHeaders): string =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

function checkContentType({ lines }: Route, contentType: string): void {
  const accepted = lines ? ['application/json', 'application/x-ndjson'] : ['application/json']
  if (accepted.includes(contentType)) return
  throw new AppError('unsupported_media_type', `The content type must be ${accepted.join(' or ')}`)
}

/** Says which there are instead of which was sent. */
function unknownFields(schema: z.ZodType, { keys, path }: z.core.$ZodIssueUnrecognizedKeys): string {
  const known = path.length === 0 && schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
  const unknown = `${keys.length} unknown field(s)`
  return known.length === 0 ? unknown : `${unknown}: there are ${known.join(', ')}`
}

/** Names in a pointer are ours; what the caller sent is never repeated. */
function check(schema: z.ZodType | undefined, value: unknown, where: 'path' | 'query' | 'body'): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.slice(0, 20).map((issue) => ({
    pointer: `/${issue.path.map(String).join('/')}`,
    detail: issue.code === 'unrecognized_keys' ? unknownFields(schema, issue) : issue.message,
  }))
  const first = issues[0]
  throw new AppError(
    'invalid_input',
    `The ${where} is not as it should be: ${first?.pointer} ${first?.detail}`,
    { issues },
  )
}
