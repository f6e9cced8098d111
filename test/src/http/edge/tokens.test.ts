/** People come with tokens of an issuer: who they are, what they may do, and what is no token. */
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { exportSPKI } from 'jose'
import { scopes } from '../../../../src/http/scopes.ts'
import { ringOf } from '../../../support/processes/deliveries.ts'
import { type Issuer, openIssuer } from '../../../support/processes/issuer.ts'
import { posted, type Served, served, until } from '../../../support/processes/served.ts'
import { configWithKeys, exchange, twoDoors, wire, withoutOwn } from '../../../support/processes/two-doors.ts'
import { tempDir } from '../../../support/temp-dir.ts'

let issuer: Issuer
let server: Served
beforeAll(async () => {
  issuer = await openIssuer()
  server = await served({ oidc: issuer.config() })
  await server.post('/v1/events', ringOf('farm', 4))
  await until(
    () => server.ask('/v1/accounts/farm_0'),
    ({ status }) => status === 200,
  )
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await issuer[Symbol.asyncDispose]()
})

const as = async (key: string, path = '/v1/rings') => {
  const { status, body, text, headers } = await server.send<{ code: string }>(path, { key })
  return { status, code: body.code, text, challenge: headers.get('www-authenticate') }
}
const unauthenticated = expect.objectContaining({ status: 401, code: 'unauthenticated', challenge: 'Bearer' })

describe('a person', () => {
  test('may do what the groups of the token may, beside API keys', async () => {
    const token = await issuer.sign()
    const lead = await issuer.sign({ claims: { groups: ['leads', 'unknown'] } })
    const both = await issuer.sign({ claims: { groups: ['fraud', 'leads'] } })

    const statuses = async (key: string) => [(await as(key)).status, (await as(key, '/v1/keys')).status]

    expect(await statuses(token)).toEqual([200, 403])
    expect(await statuses(lead)).toEqual([403, 200])
    expect(await statuses(both)).toEqual([200, 200])
    expect(await statuses(server.key)).toEqual([200, 200])
  })

  test('is told, as a key is, by what name and what it may do', async () => {
    const me = async (key: string) => {
      const { status, body } = await server.send<{ name: string; scopes: string[] }>('/v1/me', { key })
      return { status, name: body.name, scopes: body.scopes }
    }

    expect(await me(await issuer.sign({ claims: { groups: ['fraud', 'leads'] } }))).toEqual({
      status: 200,
      name: 'person:ada',
      scopes: ['risk:read', 'rings:read', 'pii:reveal', 'decide', 'admin'],
    })
    expect(await me(server.key)).toEqual({ status: 200, name: 'key:test', scopes: [...scopes] })
  })

  test.each([
    ['without a group', { groups: [] }],
    ['whose group may do nothing', { groups: ['sales'] }],
    ['whose groups are none', { groups: 5 }],
    ['without the claim', { groups: undefined }],
    ['with groups of the like of a prototype', { groups: ['__proto__', 'constructor', 'toString'] }],
  ])('%s may do nothing', async (_, claims) => {
    expect(await as(await issuer.sign({ claims }))).toMatchObject({ status: 403, code: 'forbidden' })
  })

  test('who lost a group may not do with the next token what the last one could', async () => {
    const before = await as(await issuer.sign())
    const after = await as(await issuer.sign({ claims: { groups: ['sales'] } }))

    expect([before.status, after.status]).toEqual([200, 403])
  })

  test('is the author of what is decided, in the audit too; the token is nowhere', async () => {
    const token = await issuer.sign({ claims: { sub: 'ada|7' } })
    const body = { kind: 'household', subjects: ['farm_0', 'farm_1'], reason: 'one name on the door' }

    const made = await server.send<{ author: string }>('/v1/assertions', {
      ...posted('application/json', JSON.stringify(body)),
      key: token,
    })
    const { items } = (await server.get<{ items: readonly { by: string }[] }>('/v1/audit')).body

    expect([made.status, made.body.author]).toEqual([201, 'person:ada|7'])
    expect(items.at(-1)?.by).toBe('person:ada|7')
    expect(server.logged()).not.toContain(token.slice(-20))
  })
})

describe('what is no token of a person here', () => {
  const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = () => ({
    iss: issuer.url,
    aud: 'ringleader',
    sub: 'ada',
    groups: ['fraud'],
    exp: 9_999_999_999,
  })

  const forged: Readonly<Record<string, () => Promise<string>>> = {
    'expired beyond the skew': () => issuer.sign({ expiresAt: Date.now() - 31_000 }),
    'for another audience': () => issuer.sign({ claims: { aud: 'billing' } }),
    'of another issuer': () => issuer.sign({ claims: { iss: 'https://elsewhere.example' } }),
    'not good yet': () => issuer.sign({ claims: { nbf: Math.floor(Date.now() / 1_000) + 60 } }),
    'without a subject': () => issuer.sign({ claims: { sub: undefined } }),
    'that says the algorithm is none': async () => `${base64({ alg: 'none' })}.${base64(claims())}.`,
    'signed with the public key as a secret': async () => {
      const key = issuer.publicKey('first')
      const text = `${base64({ alg: 'HS256', kid: 'first' })}.${base64(claims())}`
      const secret = key ? await exportSPKI(key) : ''
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
    },
    'altered after it was signed': async () => {
      const [head, , signature] = (await issuer.sign()).split('.')
      return `${head}.${base64({ ...claims(), groups: ['leads'] })}.${signature}`
    },
    'without its signature': async () => (await issuer.sign()).replace(/[^.]+$/, ''),
    'of a key the issuer does not tell': async () => {
      await issuer.addKey('hidden')
      issuer.dropKey('hidden')
      return await issuer.sign({ kid: 'hidden' })
    },
    'of three parts that are nothing': async () => 'a.b.c',
  }

  test.each(Object.entries(forged))('%s: 401, and nothing of it is repeated', async (_, make) => {
    const token = await make()
    const answer = await as(token)

    expect(answer).toEqual(unauthenticated)
    expect(answer.text).not.toContain('elsewhere')
    expect(answer.text).not.toContain('billing')
    expect(await as(token)).toEqual(unauthenticated)
  })

  test('within the skew is good still', async () => {
    expect((await as(await issuer.sign({ expiresAt: Date.now() - 20_000 }))).status).toBe(200)
  })
})

describe('risk', () => {
  test('is answered a token as a key, with Express and ahead of it, at rates of its own', async () => {
    using dir = tempDir()
    const now = Date.now()
    const { config } = await configWithKeys(
      { dataDir: dir.path, oidc: issuer.config(), requestsPerSecond: { risk: 3, other: 9 } },
      [],
    )
    await using doors = await twoDoors({ config, now: () => now })
    const ask = (door: URL, token: string) => {
      const headers = [`authorization: Bearer ${token}`]
      const target = '/v1/accounts/ada/risk'
      return exchange(door, wire({ method: 'GET', target, headers, body: new Uint8Array() }, true))
    }
    const [ada, bob, nobody] = [
      await issuer.sign(),
      await issuer.sign({ claims: { sub: 'bob' } }),
      await issuer.sign({ claims: { sub: 'cem', groups: [] } }),
    ]

    const first = await ask(doors.hot, ada)
    const left = doors.leftToExpress()
    const second = await ask(doors.hot, ada)
    expect([first, second].map((text) => /r=(\d)/.exec(text)?.[1])).toEqual(['2', '1'])
    expect(doors.leftToExpress()).toBe(left)
    expect((await ask(doors.express, ada)).split(' ')[1]).toBe('200')
    expect((await ask(doors.hot, ada)).split(' ')[1]).toBe('429')
    expect((await ask(doors.express, bob)).split(' ')[1]).toBe('200')
    expect((await ask(doors.hot, nobody)).split(' ')[1]).toBe('403')
    expect(withoutOwn(await ask(doors.hot, nobody))).toBe(withoutOwn(await ask(doors.express, nobody)))
  })
})
