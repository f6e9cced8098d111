/** The OpenAPI 3.1 document, made from the routes and their schemas, so that it cannot say anything else. */
import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import type { ErrorCode } from '../../graph/errors.ts'
import { isNamed } from './edge/once.ts'
import { statusOf, statusWords } from './problem.ts'
import type { Route } from './route.ts'
import { routes } from './routes.ts'
import { problemSchema } from './schemas.ts'

/** By the start of a path; the first that fits counts. */
const tags = [
  { name: 'Ingest', paths: /^\/v1\/(events|labels)/, description: 'What happened, and what is known of it.' },
  {
    name: 'Scoring',
    paths: /^\/v1\/(accounts\/\{\w+\}\/risk|risk|match)/,
    description: 'Answers for a sign-up, a log-in, a payment: in about a millisecond, their age stated.',
  },
  {
    name: 'Accounts',
    paths: /^\/v1\/(accounts|links|identifiers|search|compare)/,
    description: 'One account, why two are linked, and what links them.',
  },
  {
    name: 'Decisions',
    paths: /^\/v1\/(rings\/\{\w+\}\/decisions|decisions|assertions|tripwires|receipts|audit)/,
    description: 'What people decided and hold to be true; every later run obeys it.',
  },
  {
    name: 'Rings',
    paths: /^\/v1\/(rings|queue|takeovers)/,
    description: 'Who belongs together, why, and since when.',
  },
  {
    name: 'Changes',
    paths: /^\/v1\/(changes|webhooks)/,
    description: 'What changed, in order, for systems that follow.',
  },
  { name: 'Operations', paths: /./, description: 'Keys, models, runs, dead letters, health.' },
] as const

export const openApiDocument = (version: string) =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Ringleader',
      version,
      description:
        'Links accounts that share devices, IPs and payment instruments, and explains the rings among them.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This process' }],
    tags: tags.map(({ name, description }) => ({ name, description })),
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: rl_...' },
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'A token of the issuer that this deployment trusts (RINGLEADER_OIDC_ISSUER), for people',
        },
      },
      headers: {
        RequestId: { description: 'Names this request in our logs', schema: { type: 'string' } },
        RateLimit: { description: 'What is left of this second', schema: { type: 'string' } },
        RateLimitPolicy: { description: 'What a key may ask in a second', schema: { type: 'string' } },
        IdempotencyReplayed: {
          description: 'true where this was answered before, and is not done again',
          schema: { type: 'string' },
        },
        RetryAfter: { description: 'Seconds to wait', schema: { type: 'string' } },
      },
    },
    paths: pathsOf(routes),
  })

function pathsOf(all: readonly Route[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const one of all) {
    paths[one.path] = { ...paths[one.path], [one.method]: operationOf(one) }
  }
  return paths
}

function operationOf(one: Route): ZodOpenApiOperationObject {
  const isPublic = one.scope === 'public'
  return {
    operationId: operationId(one),
    tags: [tags.find(({ paths }) => paths.test(one.path))?.name ?? 'Operations'],
    summary: one.summary,
    description: describe(one),
    security: isPublic ? [] : [{ apiKey: [] }, { token: [] }],
    ...(!isPublic && { 'x-scope': one.scope }),
    requestParams: {
      ...(isNamed(one) && { header: nameHeader }),
      ...(one.params && { path: one.params as z.ZodObject }),
      ...(one.query && { query: one.query as z.ZodObject }),
    },
    ...(one.body && { requestBody: { required: true, content: contentOf(one, one.body) } }),
    responses: {
      ...(one.statusOf && { '200': answerOf(one) }),
      [String(one.status ?? 200)]: answerOf(one),
      ...problemsOf(one),
    },
  }
}

const nameHeader = z.object({
  'Idempotency-Key': z
    .string()
    .max(257)
    .optional()
    .describe(
      'A name of your own for this request, in double quotes: sent again within 24 hours, it is not done again, and answers what it answered',
    ),
})

function describe(one: Route): string {
  const needs =
    one.scope === 'public'
      ? 'Needs no key.'
      : `Needs a key, or a token of somebody, with the scope \`${one.scope}\`.`
  const isRepeatable = one.method === 'post' && one.repeatable
  return isRepeatable ? `${needs} May be sent again as it is: an Idempotency-Key is not looked at.` : needs
}

const header = (name: string) => ({ $ref: `#/components/headers/${name}` }) as const

const answerOf = (one: Route) => ({
  description: 'The answer',
  headers: {
    'x-request-id': header('RequestId'),
    ...(isNamed(one) && { 'Idempotency-Replayed': header('IdempotencyReplayed') }),
    ...(one.scope !== 'public' && {
      RateLimit: header('RateLimit'),
      'RateLimit-Policy': header('RateLimitPolicy'),
    }),
  },
  content: {
    [bareType(one.text ?? 'application/json')]: { schema: one.reply },
    ...textsOf(one),
    ...(one.stream && { 'text/event-stream': { schema: one.stream.event } }),
  },
})

/** By status, each with the codes it may come with (docs/errors.md). */
function problemsOf(one: Route) {
  const codes: readonly ErrorCode[] = [
    ...(one.params || one.query || one.body ? (['invalid_input'] as const) : []),
    ...(one.body
      ? (['invalid_json', 'invalid_gzip', 'body_too_large', 'unsupported_media_type'] as const)
      : []),
    ...(one.scope === 'public'
      ? []
      : (['unauthenticated', 'forbidden', 'rate_limited', 'issuer_unavailable'] as const)),
    ...(one.scope === 'public' && one.path !== '/readyz' ? [] : (['store_unavailable'] as const)),
    ...(isNamed(one) ? (['idempotency_key_reused', 'request_in_progress', 'answer_not_kept'] as const) : []),
    ...(one.problems ?? []),
  ]
  const byStatus = Map.groupBy(new Set(codes), (code) => statusOf[code])
  const told = [...byStatus].map(([status, own]) => [String(status), problemOf(status, own)] as const)
  return { ...Object.fromEntries(told), default: problemOf(500, ['internal_error']) }
}

const problemOf = (status: number, codes: readonly string[]) => ({
  description: `${statusWords(status)}: ${codes.map((code) => `\`${code}\``).join(', ')}`,
  ...([429, 503].includes(status) && { headers: { 'Retry-After': header('RetryAfter') } }),
  content: { 'application/problem+json': { schema: problemSchema } },
})

const textsOf = ({ formats = {} }: Route) =>
  Object.fromEntries(
    Object.values(formats).map((type) => [bareType(type), { schema: { type: 'string' } as const }]),
  )

const bareType = (type: string): string => type.split(';')[0] ?? type

function contentOf({ lines }: Route, body: z.ZodType) {
  if (!lines) return { 'application/json': { schema: body } }
  return {
    'application/json': { schema: body.array().max(1_000) },
    'application/x-ndjson': { schema: body },
  }
}

/** `getV1AccountsAccountRisk`: the method and the words of the path. */
const operationId = ({ method, path }: Route): string =>
  method +
  (path.match(/[A-Za-z0-9]+/g) ?? []).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
