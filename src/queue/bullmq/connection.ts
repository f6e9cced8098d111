/** The one place that connects to Redis, with the settings that survive bad networks and restarts. */
import { Redis } from 'ioredis'

export interface RedisOptions {
  /** `redis://host:port` or `rediss://...`, without user and password. */
  readonly url: string
  readonly user?: string
  readonly password?: string
  /** What the names of all keys begin with. */
  readonly prefix: string
}

export type Complain = (kind: string, error: Error) => void

/** Longer than the longest blocking read (5 s), so that a socket nobody answers on is given up and made anew. */
const socketTimeoutMs = 12_000
const longestWaitMs = 2_000

/** Producers fail at once while Redis is away; workers wait for it. */
export function connectRedis(
  { url, user, password }: RedisOptions,
  { role, complain }: { role: 'producer' | 'worker'; complain: Complain },
): Redis {
  const redis = new Redis(url, {
    ...(user !== undefined && { username: user }),
    ...(password !== undefined && { password }),
    connectTimeout: 5_000,
    socketTimeout: socketTimeoutMs,
    keepAlive: 5_000,
    // A promise of BullMQ's own: it blocks, and must not be told to stop waiting.
    maxRetriesPerRequest: role === 'worker' ? null : 1,
    enableOfflineQueue: role === 'worker',
    retryStrategy: (times) => Math.min(longestWaitMs, 50 * 2 ** Math.min(times, 6)) * (0.5 + Math.random()),
  })
  redis.on('error', (error: Error) => complain('redis', error))
  return redis
}

/** Resolves when Redis answers. Throws the connection's failure when it does not within `limitMs`. */
export async function untilReady(redis: Redis, limitMs: number): Promise<void> {
  if (redis.status === 'ready') return
  await new Promise<void>((resolve, reject) => {
    let last: Error = new Error('no answer')
    const onError = (error: Error): void => {
      last = error
    }
    const onReady = (): void => done(resolve)
    const timer = setTimeout(() => done(() => reject(last)), limitMs)
    const done = (end: () => void): void => {
      clearTimeout(timer)
      redis.off('ready', onReady)
      redis.off('error', onError)
      end()
    }
    redis.once('ready', onReady)
    redis.on('error', onError)
  })
}

/** A second is as often as one message needs to be heard; the next tells how many were not. */
const quietMs = 1_000

/** Passes on the first of equal messages in a second and counts the others: a full Redis fails thousands a second. */
export function quietly(
  tell: (message: string, facts: { kind: string; unheard: number }) => void,
  clock: () => number = () => performance.now(),
): Complain {
  const heard = new Map<string, { at: number; unheard: number }>()
  return (kind, error) => {
    const key = `${kind}: ${error.message}`
    const known = heard.get(key)
    if (known && clock() - known.at < quietMs) {
      known.unheard += 1
      return
    }
    heard.set(key, { at: clock(), unheard: 0 })
    if (heard.size > 1_000) heard.clear()
    tell(error.message, { kind, unheard: known?.unheard ?? 0 })
  }
}
