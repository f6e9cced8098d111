/** The OpenAPI 3.1 document, made from the routes and their schemas, so that it cannot say anything else. */
import type { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import type { Route } from './route.ts'
import { routes } from './routes.ts'
import { problemSchema } from './schemas.ts'

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
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: rl_...' } },
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
  const status = String(one.status ?? 200)
  const type = bareType(one.text ?? 'application/json')
  return {
    operationId: operationId(one),
    summary: one.summary,
    security: one.scope === 'public' ? [] : [{ apiKey: [] }],
    ...(one.scope !== 'public' && { 'x-scope': one.scope }),
    requestParams: {
      ...(one.params && { path: one.params as z.ZodObject }),
      ...(one.query && { query: one.query as z.ZodObject }),
    },
    ...(one.body && { requestBody: { required: true, content: contentOf(one, one.body) } }),
    responses: {
      [status]: {
        description: 'The answer',
        content: {
          [type]: { schema: one.reply },
          ...textsOf(one),
          ...(one.stream && { 'text/event-stream': { schema: one.stream.event } }),
        },
      },
      default: {
        description: `A problem (RFC 9457)${one.problems ? `: ${one.problems.join(', ')}` : ''}`,
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    },
  }
}

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
