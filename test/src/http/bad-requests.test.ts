/** Kinds of bad requests, each at every route it can be sent to: what each is answered, to the code. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { z } from 'zod'
import type { Route } from '../../../src/http/route.ts'
import { routes } from '../../../src/http/routes.ts'
import { posted, type Send, type Served, served } from '../../support/processes/served.ts'

let server: Served
beforeAll(async () => {
  server = await served()
})
afterAll(() => server[Symbol.asyncDispose]())

/** What, where, how, and what it is answered. */
type Case = readonly [what: string, path: string, send: Send, status: number, code: string]

const place = ({ path }: Route, id = 'nothing'): string => path.replaceAll(/\{\w+\}/g, id)
const json = (text: string | Uint8Array<ArrayBuffer>): Send => posted('application/json', text)
const right = (route: Route): Send => ({
  method: route.method.toUpperCase(),
  ...(route.body && { ...json('{}'), method: route.method.toUpperCase() }),
})
const withHeaders = (send: Send, headers: Record<string, string>): Send => ({
  ...send,
  headers: { ...send.headers, ...headers },
})
const zeros = '0'.repeat(64)

const tokens: readonly (readonly [what: string, header: string])[] = [
  ['of another scheme', 'Basic eDp5'],
  ['without a scheme', `rl_key0123456789ab_${zeros}`],
  ['in lower case', `bearer rl_key0123456789ab_${zeros}`],
  ['that nobody was given', `Bearer rl_key0123456789ab_${zeros}`],
  ['cut short', `Bearer rl_key0123456789ab_${zeros.slice(1)}`],
  ['with more behind', `Bearer rl_key0123456789ab_${zeros}0`],
  ['without an id', `Bearer rl__${zeros}`],
  ['of another prefix', `Bearer sk_key0123456789ab_${zeros}`],
  ['that is a JWT', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.'],
  ['that names a field of every object', 'Bearer rl___proto___x'],
  ['that is empty', 'Bearer '],
]

/** What no route takes. */
function atAnyRoute(route: Route): readonly Case[] {
  const [path, send] = [place(route), right(route)]
  const isTaken = (method: string): boolean =>
    routes.some((one) => one.path === route.path && one.method.toUpperCase() === method)
  const wrongMethods = ['PUT', 'PATCH', 'OPTIONS']
    .filter((method) => !isTaken(method))
    .map((method): Case => [`the method ${method}`, path, { method }, 405, 'method_not_allowed'])
  return [
    ...wrongMethods,
    ['a slash behind', `${path}/`, send, 404, 'not_found'],
    ['capitals', path.toUpperCase(), send, 404, 'not_found'],
    ['a step too many', `${path}/nothing/x`, send, 404, 'not_found'],
  ]
}

const atGuardedRoute = (route: Route): readonly Case[] =>
  tokens.map(([what, authorization]) => [
    `a key ${what}`,
    place(route),
    withHeaders({ ...right(route), key: null }, { authorization }),
    401,
    'unauthenticated',
  ])

function atRouteWithId(route: Route): readonly Case[] {
  const send = right(route)
  return [
    ['an id of half an encoding', place(route, '%'), send, 400, 'invalid_input'],
    ['an id that is no UTF-8', place(route, '%E0%A4%A'), send, 400, 'invalid_input'],
    ['an id of 257 letters', place(route, 'x'.repeat(257)), send, 400, 'invalid_input'],
    ['an id that is empty', place(route, ''), send, 404, 'not_found'],
  ]
}

function atRouteWithQuery(route: Route): readonly Case[] {
  const path = place(route)
  const names = Object.keys((route.query as z.ZodObject).shape)
  const ofNames = names.flatMap((name): Case[] => [
    [`${name} twice`, `${path}?${name}=1&${name}=2`, right(route), 400, 'invalid_input'],
    [
      `${name} of 10,000 letters`,
      `${path}?${name}=${'x'.repeat(10_000)}`,
      right(route),
      400,
      'invalid_input',
    ],
  ])
  return [
    ...ofNames,
    ['an unknown parameter', `${path}?nope=1`, right(route), 400, 'invalid_input'],
    ['the prototype as a parameter', `${path}?__proto__=1`, right(route), 400, 'invalid_input'],
  ]
}

function atRouteWithBody(route: Route): readonly Case[] {
  const path = place(route)
  const cut = gzipSync('{}').subarray(0, 12)
  const large = ' '.repeat((route.bodyBytesMax ?? 1_048_576) + 1)
  return [
    [
      'no content type',
      path,
      { method: 'POST', body: Uint8Array.of(0x7b, 0x7d) },
      415,
      'unsupported_media_type',
    ],
    ['text', path, posted('text/plain', '{}'), 415, 'unsupported_media_type'],
    ['a form', path, posted('application/x-www-form-urlencoded', 'a=1'), 415, 'unsupported_media_type'],
    [
      'an unknown compression',
      path,
      withHeaders(json('{}'), { 'content-encoding': 'br' }),
      415,
      'unsupported_media_type',
    ],
    [
      'two compressions',
      path,
      withHeaders(json('{}'), { 'content-encoding': 'gzip, gzip' }),
      415,
      'unsupported_media_type',
    ],
    ['gzip that is none', path, withHeaders(json('{}'), { 'content-encoding': 'gzip' }), 400, 'invalid_gzip'],
    [
      'gzip that breaks off',
      path,
      withHeaders(json(Uint8Array.from(cut)), { 'content-encoding': 'gzip' }),
      400,
      'invalid_gzip',
    ],
    [
      'a gzip bomb',
      path,
      withHeaders(json(Uint8Array.from(gzipSync(large))), { 'content-encoding': 'gzip' }),
      413,
      'body_too_large',
    ],
    ['a byte too many', path, json(large), 413, 'body_too_large'],
    ['nothing', path, json(''), 400, 'invalid_json'],
    ['half a value', path, json('{"a":'), 400, 'invalid_json'],
    ['a comma too many', path, json('{"a":1,}'), 400, 'invalid_json'],
    ['two values', path, json('{}{}'), 400, 'invalid_json'],
    ['letters that are no UTF-8', path, json(Uint8Array.of(0x22, 0xff, 0x22)), 400, 'invalid_json'],
    ['UTF-16', path, json(Uint8Array.from(Buffer.from('{}', 'utf16le'))), 400, 'invalid_json'],
    ['not a number', path, json('NaN'), 400, 'invalid_json'],
    ['a string that does not end', path, json('"'), 400, 'invalid_json'],
  ]
}

/** A route of lines answers 202 and says of each what is wrong. */
const ofOneObject = (route: Route): readonly Case[] =>
  [
    'null',
    '1',
    '-0',
    '1e400',
    '"{}"',
    '[]',
    '[[[]]]',
    'true',
    '{"nope":1}',
    '{"__proto__":{"a":1}}',
    '{"constructor":1}',
  ].map((text): Case => [`the body ${text}`, place(route), json(text), 400, 'invalid_input'])

const byMethodOf =
  (route: Route) =>
  ([what, path, send, ...answer]: Case): Case => [
    what,
    path,
    { ...send, method: route.method.toUpperCase() },
    ...answer,
  ]

const casesOf = (route: Route): readonly Case[] => [
  ...atAnyRoute(route),
  ...(route.scope === 'public' ? [] : atGuardedRoute(route)),
  ...(route.params ? atRouteWithId(route) : []),
  ...(route.query ? atRouteWithQuery(route) : []),
  ...(route.body ? atRouteWithBody(route).map(byMethodOf(route)) : []),
  ...(route.body && !route.lines ? ofOneObject(route).map(byMethodOf(route)) : []),
]

describe.each(routes.map((one) => [one.method, one.path, one] as const))('%s %s refuses', (_, __, route) => {
  test.each(casesOf(route))('%s', async (what, path, send, status, code) => {
    const reply = await server.send<{ code: string }>(path, send)

    expect([what, reply.status, reply.body.code]).toEqual([what, status, code])
  })
})

test('there are 400 cases and more', () => {
  expect(routes.flatMap(casesOf).length).toBeGreaterThan(400)
})
