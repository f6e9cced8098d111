import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { rateLimits } from '../../../src/http/edge/rate-limits.ts'
import { scopes } from '../../../src/http/scopes.ts'
import { posted, served, until } from '../../support/processes/served.ts'

const asks = fc.array(fc.record({ afterMs: fc.nat(400), key: fc.constantFrom('a', 'b') }), { maxLength: 200 })

test('in no stretch of time does a key get more than a second’s worth and what that time allows', () => {
  fc.assert(
    fc.property(asks, fc.integer({ min: 1, max: 20 }), (steps, perSecond) => {
      let now = 0
      const limits = rateLimits({ risk: perSecond, other: 1 }, () => now)
      const admitted = new Map<string, number[]>([
        ['a', []],
        ['b', []],
      ])
      for (const { afterMs, key } of steps) {
        now += afterMs
        if (limits.take(key, 'risk').isAdmitted) admitted.get(key)?.push(now)
      }
      for (const times of admitted.values())
        for (const [i, from] of times.entries())
          for (const [j, to] of times.entries())
            if (j >= i)
              expect(j - i + 1).toBeLessThanOrEqual(perSecond + ((to - from) / 1_000) * perSecond + 0.01)
    }),
  )
})

test('who asks no more often than it may is never refused, and is told how often it may', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 1e12 }), (perSecond, start) => {
      let now = start
      const limits = rateLimits({ risk: 1, other: perSecond }, () => now)
      for (let i = 0; i < 200; i++) {
        now = start + Math.ceil((i * 1_000) / perSecond)
        expect(limits.take('a', 'other').isAdmitted).toBe(true)
      }
    }),
  )
})

test('a second’s worth may come at once, then it is counted down to none', () => {
  const limits = rateLimits({ risk: 3, other: 1 }, () => 0)

  const rates = Array.from({ length: 5 }, () => limits.take('a', 'risk'))

  expect(rates.map(({ isAdmitted }) => isAdmitted)).toEqual([true, true, true, false, false])
  expect(rates.map(({ headers }) => headers[3])).toEqual(
    [2, 1, 0, 0, 0].map((left) => `"risk";r=${left};t=1`),
  )
  expect(rates[0]?.headers.slice(0, 3)).toEqual(['RateLimit-Policy', '"risk";q=3;w=1', 'RateLimit'])
})

test('over HTTP a key that asks too often is told so, and no other key pays for it', async () => {
  await using server = await served({ requestsPerSecond: { risk: 5, other: 5 } })
  const made = await server.post<{ key: string }>('/v1/keys', { name: 'other', scopes: [...scopes] })
  const ask = (path: string) => server.send(path, { key: made.body.key })
  await until(
    () => ask('/v1/accounts/ada/risk'),
    ({ status }) => status === 200,
  )

  for (const path of ['/v1/accounts/ada/risk', '/v1/keys']) {
    const replies = await Promise.all(Array.from({ length: 40 }, () => server.send(path)))
    const refused = replies.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]?.body).toMatchObject({ code: 'rate_limited' })
    expect(refused[0]?.headers.get('retry-after')).toBe('1')
    expect(replies[0]?.headers.get('ratelimit-policy')).toMatch(/^"(risk|other)";q=5;w=1$/)
    expect((await ask(path)).status).toBe(200)
  }
  expect((await server.send('/v1/labels', { ...posted('application/json', '[]'), key: null })).status).toBe(
    401,
  )
})
