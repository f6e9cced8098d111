/** Who may ask, as the store had it a moment ago, and what is true while the store is away. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { AppError } from '../../../graph/errors.ts'
import type { ApiKey } from '../../../graph/ports.ts'
import { keyRing } from '../../../src/http/edge/key-ring.ts'
import { makeKey } from '../../../src/http/keys.ts'

const made = Array.from({ length: 3 }, (_, i) => makeKey({ name: `n${i}`, scopes: ['risk:read'], now: 0 }))
const authorization = (i: number): string => `Bearer ${made[i]?.token}`
const answered = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )

const idOf = (i: number): string => made[i]?.key.id ?? ''
const isIn = (keys: ReadonlyMap<string, ApiKey>, i: number): boolean => {
  const found = keys.get(idOf(i))
  return found !== undefined && found.revokedAt === undefined
}
const put = (keys: Map<string, ApiKey>, i: number, more: Partial<ApiKey> = {}): void =>
  void keys.set(idOf(i), { ...(made[i]?.key as ApiKey), ...more })

/** A store that is as the test wants it. */
function fakeStore() {
  const keys = new Map<string, ApiKey>()
  let mode: 'well' | 'failing' | 'silent' = 'well'
  let reads = 0
  return {
    keys,
    reads: () => reads,
    turn: (to: typeof mode) => {
      mode = to
    },
    store: {
      async keys(): Promise<readonly ApiKey[]> {
        reads += 1
        if (mode === 'silent') return await new Promise<never>(() => {})
        if (mode === 'failing') throw new AppError('store_unavailable', 'away')
        return [...keys.values()]
      },
    },
  }
}

const step = fc.record({
  afterMs: fc.constantFrom(0, 10, 300, 499, 500, 700, 990, 1_000, 1_200),
  key: fc.nat(1),
  deed: fc.constantFrom('make', 'revoke', 'ask', 'ask'),
})

test('a key is known within a second of being made, and dead within a second of being revoked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      let now = 0
      const { keys, store } = fakeStore()
      const ring = keyRing(store, () => now)
      const changedAt = new Map<number, number>()
      for (const { afterMs, key, deed } of steps) {
        now += afterMs
        if (deed === 'ask') {
          const isLive = isIn(keys, key)
          const atOnce = ring.checkNow(authorization(key), 'risk:read')
          const code = await answered(ring.check(authorization(key), 'risk:read'))
          if (now - (changedAt.get(key) ?? -Infinity) < 1_000) continue
          expect(code).toBe(isLive ? 'ok' : 'unauthenticated')
          if (!isLive) expect(atOnce).toBeUndefined()
        } else if (isIn(keys, key) === (deed === 'revoke')) {
          put(keys, key, deed === 'revoke' ? { revokedAt: now } : {})
          changedAt.set(key, now)
        }
      }
    }),
    { numRuns: 500 },
  )
})

test('a key is asked for what it may do', async () => {
  const { keys, store } = fakeStore()
  for (const i of made.keys()) put(keys, i)
  const ring = keyRing(store, () => 0)

  expect(ring.checkNow(authorization(0), 'risk:read')).toBeUndefined()
  expect(await answered(ring.check(authorization(0), 'risk:read'))).toBe('ok')
  expect(ring.checkNow(authorization(0), 'risk:read')?.name).toBe('n0')
  expect(ring.checkNow(authorization(0), 'admin')).toBeUndefined()
  expect(await answered(ring.check(authorization(0), 'admin'))).toBe('forbidden')
  expect(await answered(ring.check(undefined, 'risk:read'))).toBe('unauthenticated')
})

test.each(['failing', 'silent'] as const)(
  'while the store is %s, keys are as they were last, for ten minutes, and it is said',
  async (how) => {
    let now = 0
    const { keys, store, turn } = fakeStore()
    put(keys, 0)
    const ring = keyRing(store, () => now)
    const ask = (i = 0) => answered(ring.check(authorization(i), 'risk:read'))
    expect([await ask(), ring.isStoreAway()]).toEqual(['ok', false])

    turn(how)
    now += 1_000
    expect([await ask(), await ask(1), ring.isStoreAway()]).toEqual(['ok', 'unauthenticated', true])
    expect(ring.checkNow(authorization(0), 'risk:read')?.name).toBe('n0')
    now += 598_999
    expect([await ask(), ring.isStoreAway()]).toEqual(['ok', true])
    now += 1
    expect(ring.checkNow(authorization(0), 'risk:read')).toBeUndefined()
  },
)

test('after ten minutes without the store it is the store that is missed, and its return is noticed', async () => {
  let now = 0
  const { keys, store, turn } = fakeStore()
  put(keys, 0)
  const ring = keyRing(store, () => now)
  const ask = () => answered(ring.check(authorization(0), 'risk:read'))
  await ask()

  turn('failing')
  now += 600_000
  expect(await ask()).toBe('store_unavailable')
  turn('well')
  now += 1_000
  expect([await ask(), ring.isStoreAway()]).toEqual(['ok', false])
})

test('a store that fails is asked again, but not by every request, and its return is noticed', async () => {
  let now = 0
  const { keys, store, turn, reads } = fakeStore()
  put(keys, 0)
  const ring = keyRing(store, () => now)
  const ask = () => answered(ring.check(authorization(0), 'risk:read'))
  await ask()

  turn('failing')
  now += 1_000
  await ask()
  const before = reads()
  for (let i = 0; i < 100; i++) await ask()
  expect([reads(), ring.isStoreAway()]).toEqual([before, true])
  now += 500
  await ask()
  expect(reads()).toBe(before + 1)

  turn('well')
  now += 500
  await ask()
  await ask()
  expect(ring.isStoreAway()).toBe(false)
})
