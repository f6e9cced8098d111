/** Every route with every scope: who may not ask is told so, and who may is not. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Route } from '../../../src/http/route.ts'
import { routes } from '../../../src/http/routes.ts'
import { type Scope, scopes } from '../../../src/http/scopes.ts'
import { type Send, type Served, served, until } from '../../support/processes/served.ts'

let server: Served
const keys = new Map<Scope, string>()
beforeAll(async () => {
  server = await served()
  for (const scope of scopes) {
    const made = await server.post<{ key: string }>('/v1/keys', { name: scope, scopes: [scope] })
    keys.set(scope, made.body.key)
  }
  const last = keys.get(scopes.at(-1) ?? 'admin') ?? ''
  await until(
    () => server.send('/v1/keys', { key: last }),
    ({ status }) => status !== 401,
  )
})
afterAll(() => server[Symbol.asyncDispose]())

/** The least that names the route; nothing that is right, so that nothing is changed. */
const ask = ({ method, path, body }: Route, key: string | null): [string, Send] => [
  path.replaceAll(/\{\w+\}/g, 'nothing'),
  {
    key,
    method: method.toUpperCase(),
    ...(body && { headers: { 'content-type': 'application/json' }, body: '[' }),
  },
]

const guarded = routes.filter(({ scope }) => scope !== 'public')

describe.each(guarded.map((one) => [`${one.method} ${one.path}`, one] as const))('%s', (_, route) => {
  test.each(scopes)('with the scope %s', async (scope) => {
    const { status, body } = await server.send<{ code: string }>(...ask(route, keys.get(scope) ?? ''))

    if (scope === route.scope) expect([401, 403, 405]).not.toContain(status)
    else expect([status, body.code]).toEqual([403, 'forbidden'])
  })

  test('without a key', async () => {
    const { status, body } = await server.send<{ code: string }>(...ask(route, null))

    expect([status, body.code]).toEqual([401, 'unauthenticated'])
  })
})

test.each(routes.filter(({ scope }) => scope === 'public').map((one) => [one.path, one] as const))(
  '%s needs no key, and shows nothing of anybody',
  async (_, route) => {
    const { status, text } = await server.send(...ask(route, null))

    expect(status).toBe(200)
    expect(text).not.toMatch(/\brl_|\bring_\d|account"/)
  },
)
