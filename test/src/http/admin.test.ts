import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { routes } from '../../../src/http/routes.ts'
import { scopes } from '../../../src/http/scopes.ts'
import { ringOf, sentEvent } from '../../support/processes/deliveries.ts'
import { filesHolding, type Served, served, until } from '../../support/processes/served.ts'

let server: Served
beforeAll(async () => {
  server = await served()
})
afterAll(() => server[Symbol.asyncDispose]())

interface Key {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly revokedAt: string | null
}

describe('keys', () => {
  test('are made with what they may do, shown once, and stored as a hash', async () => {
    const made = await server.post<Key>('/v1/keys', { name: 'scoring', scopes: ['risk:read'] })
    const listed = await server.get<{ items: Key[] }>('/v1/keys')
    const secret = made.body.key.split('_').at(-1) ?? ''

    expect(made.status).toBe(201)
    expect(made.body.key).toMatch(/^rl_key[0-9a-f]{12}_[0-9a-f]{64}$/)
    expect(listed.body.items.find(({ id }) => id === made.body.id)).toMatchObject({
      name: 'scoring',
      scopes: ['risk:read'],
      revokedAt: null,
    })
    expect(listed.text).not.toContain(secret)
    expect(server.logged()).not.toContain(secret)
    expect(filesHolding(server.config.dataDir, secret)).toEqual([])
  })

  test('of one name and another secret open nothing', async () => {
    const { body } = await server.post<Key>('/v1/keys', { name: 'n', scopes: ['risk:read'] })
    const ask = (key: string) => server.send('/v1/accounts/a/risk', { key })
    const forged = body.key.slice(0, -1) + (body.key.endsWith('0') ? '1' : '0')

    const right = await until(
      () => ask(body.key),
      ({ status }) => status === 200,
      3_000,
    )

    expect(right.status).toBe(200)
    expect((await ask(forged)).status).toBe(401)
    expect((await ask(body.key.toUpperCase())).status).toBe(401)
  })

  test('once revoked are dead within a second, and stay listed', async () => {
    const { body } = await server.post<Key>('/v1/keys', { name: 'short', scopes: ['risk:read'] })
    const ask = () => server.send('/v1/accounts/a/risk', { key: body.key })
    await until(ask, ({ status }) => status === 200, 3_000)

    const revoked = await server.send(`/v1/keys/${body.id}`, { method: 'DELETE' })
    await new Promise((resolve) => setTimeout(resolve, 1_050))

    expect(revoked.status).toBe(200)
    expect((await ask()).status).toBe(401)
    expect((await server.send(`/v1/keys/${body.id}`, { method: 'DELETE' })).status).toBe(404)
    const { items } = (await server.get<{ items: Key[] }>('/v1/keys')).body
    expect(items.find(({ id }) => id === body.id)?.revokedAt).not.toBeNull()
  })
})

describe('a key that is rotated', () => {
  const isLive = async (key: string) => (await server.send('/v1/accounts/a/risk', { key })).status === 200
  const rotated = async (keepHours: number) => {
    const old = await server.post<Key>('/v1/keys', { name: 'client', scopes: ['risk:read'] })
    const made = await server.post<Key>(`/v1/keys/${old.body.id}/rotate`, { keepHours })
    await until(
      () => isLive(made.body.key),
      (live) => live,
    )
    const { items } = (await server.get<{ items: Key[] }>('/v1/keys')).body
    return { old: old.body, made: made.body, listed: (id: string) => items.find((one) => one.id === id) }
  }

  test('has a successor of its name and scopes, and goes on until its user changed over', async () => {
    const { old, made, listed } = await rotated(2)

    expect(await isLive(old.key)).toBe(true)
    expect(listed(made.id)).toMatchObject({ name: 'client', scopes: ['risk:read'], revokedAt: null })
    expect(Date.parse(listed(old.id)?.revokedAt ?? '')).toBeGreaterThan(Date.now() + 7_000_000)
  })

  test('without time to change over is dead at once, and cannot be rotated again', async () => {
    const { old } = await rotated(0)

    expect(await isLive(old.key)).toBe(false)
    expect((await server.post(`/v1/keys/${old.id}/rotate`, {})).status).toBe(404)
  })

  test('can be revoked before its time, and its successor lives', async () => {
    const { old, made } = await rotated(2)

    expect((await server.send(`/v1/keys/${old.id}`, { method: 'DELETE' })).status).toBe(200)
    expect(
      await until(
        () => isLive(old.key),
        (live) => !live,
      ),
    ).toBe(false)
    expect(await isLive(made.key)).toBe(true)
  })
})

describe('dead letters', () => {
  interface Letter {
    readonly id: string
    readonly line: number
    readonly source: string
  }
  const list = async (query = '') =>
    (await server.get<{ items: Letter[]; total: number }>(`/v1/dead-letters${query}`)).body

  test('come page by page, are replayed, and dropped by name', async () => {
    const rows = Array.from({ length: 7 }, () => ({ ...sentEvent('ada'), type: 'odd' }))
    await server.post('/v1/events', rows)

    const paged: Letter[] = []
    for (let page = await list('?limit=3'); page.items.length > 0; ) {
      paged.push(...page.items)
      page = await list(`?limit=3&after=${page.items.at(-1)?.id}`)
    }
    const ids = paged.map(({ id }) => id)
    const replayed = await server.post('/v1/dead-letters:replay', { ids })
    const dropped = await server.post('/v1/dead-letters:drop', { ids: [ids[0], 'dl_unknown'] })

    expect(paged.map(({ line }) => line).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(new Set(paged.map(({ source }) => source))).toEqual(new Set(['key:test']))
    expect(replayed.body).toEqual({ replayed: 0, stillRejected: 7, notReplayable: 0 })
    expect(dropped.body).toEqual({ dropped: 1 })
    expect((await list()).total).toBe(6)
  })

  test('of events too old to come live are taken when replayed, as a file’s would be', async () => {
    const { body } = await server.post<{ rejected: number }>('/v1/events', [
      sentEvent('old', { occurredAt: '1999-01-01T00:00:00Z' }),
    ])
    const { items } = await list('?limit=1000')

    const replayed = await server.post('/v1/dead-letters:replay', { ids: [items.at(-1)?.id] })

    expect(body.rejected).toBe(1)
    expect(replayed.body).toMatchObject({ replayed: 1 })
    const ask = () => server.get<{ known: boolean }>('/v1/accounts/old/risk')
    expect((await until(ask, (reply) => reply.body.known)).body.known).toBe(true)
  })
})

test('a run that is asked for is published, and meta tells its number', async () => {
  await using idle = await served({ detectAfterMs: 3_600_000 })
  await idle.post('/v1/events', ringOf('farm', 4))
  await until(
    () => idle.ask('/v1/accounts/farm_3'),
    ({ status }) => status === 200,
  )
  const meta = async () =>
    (await idle.get<{ meta: { run: number; asOf: string; degraded: boolean } }>('/v1/rings')).body.meta
  const before = await meta()

  const asked = await idle.post('/v1/runs', {})
  const after = await until(meta, ({ run }) => run > before.run)

  expect(before.run).toBe(0)
  expect(asked.status).toBe(202)
  expect(after).toMatchObject({ run: 1, degraded: false, asOf: '2026-05-02T23:59:59.999Z' })
})

test('events that show no identifier still move the day that rings are judged by', async () => {
  const meta = async () => (await server.get<{ meta: { asOf: string } }>('/v1/rings')).body.meta

  await server.post('/v1/events', [sentEvent('ada', { occurredAt: '2026-06-07T12:00:00Z' })])

  const asOf = '2026-06-07T23:59:59.999Z'
  expect(await until(meta, (now) => now.asOf === asOf)).toMatchObject({ asOf })
})

interface Document {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}
interface Operation {
  readonly operationId: string
  readonly security: readonly unknown[]
  readonly 'x-scope'?: string
  readonly responses: Readonly<Record<string, { readonly content: unknown }>>
}

describe('the OpenAPI document', () => {
  let document: Document
  beforeAll(async () => {
    document = (await server.send<Document>('/openapi.json', { key: null })).body
  })

  test('is OpenAPI 3.1, and every reference in it leads somewhere', () => {
    const references = JSON.stringify(document).match(/"#\/[^"]+"/g) ?? []

    expect(document.openapi).toMatch(/^3\.1\./)
    expect(references.length).toBeGreaterThan(10)
    for (const reference of references.map((text) => text.slice(3, -1).split('/'))) {
      const target = reference.reduce<unknown>(
        (at, step) => (at as Record<string, unknown> | undefined)?.[step],
        document,
      )
      expect([reference, target !== undefined]).toEqual([reference, true])
    }
  })

  test.each(routes.map((one) => [one.method, one.path, one] as const))('holds %s %s', (method, path, one) => {
    const operation = document.paths[path]?.[method]

    const statuses = Object.keys(operation?.responses ?? {})
    expect(statuses.filter((status) => status.startsWith('2'))).toEqual([
      ...(one.statusOf ? ['200'] : []),
      String(one.status ?? 200),
    ])
    expect(statuses).toContain('default')
    expect(operation?.['x-scope']).toBe(one.scope === 'public' ? undefined : one.scope)
    expect(operation?.security).toEqual(one.scope === 'public' ? [] : [{ apiKey: [] }, { token: [] }])
  })

  test('holds no other route, and names each once', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path))

    expect(operations).toHaveLength(routes.length)
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length)
  })

  test('only what tells how the process does is public', () => {
    expect(routes.filter(({ scope }) => scope === 'public').map(({ path }) => path)).toEqual([
      '/livez',
      '/readyz',
      '/metrics',
    ])
    expect(routes.every(({ scope }) => scope === 'public' || scopes.includes(scope))).toBe(true)
  })
})
