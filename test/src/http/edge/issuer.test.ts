/** What is believed of an issuer of tokens, how often it is asked, and what happens without it. */
import { createHmac } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import type { AppError } from '../../../../graph/errors.ts'
import { readConfig } from '../../../../src/config.ts'
import { tokensOf } from '../../../../src/oidc/tokens.ts'
import { type Issuer, openIssuer } from '../../../support/processes/issuer.ts'
import { served } from '../../../support/processes/served.ts'

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
    expect(await codeOf(own.tokens.check(short))).toBe('unauthenticated')

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
