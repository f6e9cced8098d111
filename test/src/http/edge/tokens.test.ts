/** People come with tokens of an issuer: who they are, what they may do, and what is no token. */
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { exportSPKI } from 'jose'
import type { AppError } from '../../../../graph/errors.ts'
import { readConfig } from '../../../../src/config.ts'
import { tokensOf } from '../../../../src/oidc/tokens.ts'
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

describe('an issuer', () => {
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'ok',
      (error: AppError) => error.code,
    )

  async function watched(more: Parameters<Issuer['config']>[0] = {}) {
    const own = await openIssuer()
    let now = Date.now()
    const tokens = tokensOf(own.config(more), () => now)
    return {
      ...own,
      later: (ms: number) => (now += ms),
      check: async (signing: Parameters<Issuer['sign']>[0] = {}) =>
        await codeOf(tokens.check(await own.sign({ expiresAt: now + 60_000, ...signing }))),
      tokens,
    }
  }

  test('that changes its keys is followed: the new one is good, the old one is not for long', async () => {
    await using own = await watched()
    expect(await own.check()).toBe('ok')
    await own.addKey('rsa second', 'RS256')
    own.dropKey('first')

    own.later(10_000)
    expect([await own.check({ kid: 'rsa second' }), await own.check()]).toEqual(['ok', 'unauthenticated'])
    expect(own.tokens.checkNow(await own.sign())).toBeUndefined()
  })

  test('is asked no more than once in ten seconds, whoever comes with whatever key', async () => {
    await using own = await watched()
    await own.check()
    await own.addKey('unknown')
    own.dropKey('unknown')
    own.later(10_000)
    const before = own.asked()

    const codes = await Promise.all(Array.from({ length: 50 }, () => own.check({ kid: 'unknown' })))

    own.later(9_999)
    const late = await own.check({ kid: 'unknown' })
    expect(new Set([...codes, late])).toEqual(new Set(['unauthenticated']))
    expect(own.asked() - before).toBe(2)
  })

  test('that is away is told apart from a bad token; its keys are good for an hour, and its return is noticed', async () => {
    await using own = await watched()
    own.turn('failing')
    expect(await own.check()).toBe('issuer_unavailable')
    own.turn('well')
    expect(await own.check()).toBe('issuer_unavailable')
    own.later(10_000)
    expect(await own.check()).toBe('ok')

    own.turn('failing')
    own.later(3_599_999)
    expect(await own.check()).toBe('ok')
    own.later(1)
    expect(await own.check()).toBe('issuer_unavailable')
  })

  test('has a token known for a minute, and no longer than the token lasts', async () => {
    await using own = await watched()
    const [long, short] = [await own.sign(), await own.sign({ expiresAt: Date.now() + 5_000 })]
    for (const token of [long, short]) await own.tokens.check(token)
    const isKnown = () => [long, short].map((token) => own.tokens.checkNow(token) !== undefined)

    const known = [isKnown()]
    own.later(36_000)
    known.push(isKnown())
    own.later(24_000)
    known.push(isKnown())

    expect(known).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ])
  })

  test.each(['elsewhere', 'too-much', 'as-another', 'nonsense'] as const)(
    'that answers %s is not believed',
    async (how) => {
      await using own = await watched()
      own.turn(how)

      expect(await own.check()).toBe('issuer_unavailable')
    },
  )

  test('that tells a shared secret has it ignored', async () => {
    await using own = await watched()
    own.publish({ kty: 'oct', kid: 'shared', k: 'c2VjcmV0', alg: 'HS256' })
    const text = [
      { alg: 'HS256', kid: 'shared' },
      { iss: own.url, aud: 'ringleader', sub: 'x', exp: 9_999_999_999 },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const forged = `${text}.${createHmac('sha256', 'secret').update(text).digest('base64url')}`

    expect(await codeOf(own.tokens.check(forged))).toBe('unauthenticated')
  })

  test('names people and groups by the claims that the settings say', async () => {
    await using own = await watched({ authorClaim: 'email', groupsClaim: 'realm.roles' })
    const claims = { email: 'ada@example.org', realm: { roles: ['fraud'] } }
    const caller = async (more: object) =>
      await own.tokens.check(await own.sign({ claims: { ...claims, ...more } }))

    expect(await caller({ email_verified: true })).toEqual({
      id: 'person:ada',
      author: 'person:ada@example.org',
      scopes: ['risk:read', 'rings:read', 'decide'],
    })
    expect(await codeOf(caller({ email_verified: false }))).toBe('unauthenticated')
    expect(await codeOf(caller({}))).toBe('unauthenticated')
    expect(await codeOf(caller({ email_verified: true, sub: undefined }))).toBe('unauthenticated')
  })

  test('away when the server starts leaves API keys as they are', async () => {
    await using gone = await openIssuer()
    gone.turn('failing')
    await using other = await served({ oidc: gone.config() })

    const byToken = await other.send<{ code: string }>('/v1/rings', { key: await gone.sign() })

    expect((await other.get('/v1/rings')).status).toBe(200)
    expect([byToken.status, byToken.body.code, byToken.headers.get('retry-after')]).toEqual([
      503,
      'issuer_unavailable',
      '2',
    ])
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
      await issuer.sign({ claims: { groups: [] } }),
    ]

    const first = await ask(doors.hot, ada)
    const left = doors.leftToExpress()
    const second = await ask(doors.hot, ada)
    expect([first, second].map((text) => /r=(\d)/.exec(text)?.[1])).toEqual(['2', '1'])
    expect(doors.leftToExpress()).toBe(left)
    expect((await ask(doors.express, ada)).split(' ')[1]).toBe('200')
    expect((await ask(doors.hot, ada)).split(' ')[1]).toBe('429')
    expect((await ask(doors.express, bob)).split(' ')[1]).toBe('200')
    expect(withoutOwn(await ask(doors.hot, nobody))).toBe(withoutOwn(await ask(doors.express, nobody)))
  })
})

describe('the settings', () => {
  const good = {
    RINGLEADER_OIDC_ISSUER: 'https://login.example.com/realms/fraud',
    RINGLEADER_OIDC_AUDIENCE: 'ringleader',
    RINGLEADER_OIDC_SCOPES: 'fraud = rings:read+decide, /org/leads=admin,fraud=risk:read',
  }
  const read = (more: Record<string, string | undefined>) => () => readConfig({}, { ...good, ...more })

  test('name the issuer, and what each group may do', () => {
    expect(read({})().oidc).toEqual({
      issuer: good.RINGLEADER_OIDC_ISSUER,
      audience: 'ringleader',
      groupsClaim: 'groups',
      scopesOf: new Map([
        ['fraud', ['rings:read', 'decide', 'risk:read']],
        ['/org/leads', ['admin']],
      ]),
      authorClaim: 'sub',
      skewSeconds: 30,
    })
    expect(readConfig({}, {}).oidc).toBeUndefined()
  })

  test.each([
    [{ RINGLEADER_OIDC_ISSUER: 'http://login.example.com' }, /OIDC_ISSUER: must be an address/],
    [{ RINGLEADER_OIDC_ISSUER: 'http://localhost.example.com' }, /OIDC_ISSUER: must be an address/],
    [{ RINGLEADER_OIDC_JWKS_URL: 'ftp://login.example.com' }, /OIDC_JWKS_URL/],
    [{ RINGLEADER_OIDC_SCOPES: 'fraud=everything' }, /OIDC_SCOPES: must be like/],
    [{ RINGLEADER_OIDC_SCOPES: 'fraud' }, /OIDC_SCOPES: must be like/],
    [{ RINGLEADER_OIDC_AUDIENCE: undefined }, /OIDC_AUDIENCE: is needed/],
    [{ RINGLEADER_OIDC_SKEW_SECONDS: '301' }, /OIDC_SKEW_SECONDS/],
    [{ RINGLEADER_OIDC_AUTHOR_CLAIM: 'name' }, /OIDC_AUTHOR_CLAIM/],
  ])('%j is refused', (more, message) => {
    expect(read(more)).toThrow(message)
  })
})
