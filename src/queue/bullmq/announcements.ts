/** Tells every process at once that a version was published. Whoever misses it looks into the store now and then. */
import type { Redis } from 'ioredis'

const channelOf = (prefix: string): string => `${prefix}:published`

export async function announceVersion(redis: Redis, prefix: string, version: number): Promise<void> {
  await redis.publish(channelOf(prefix), String(version))
}

/** `redis` is a connection of its own: it may do nothing else from now on. */
export async function onVersion(
  redis: Redis,
  prefix: string,
  heard: (version: number) => void,
): Promise<void> {
  redis.on('message', (_, text) => heard(Number(text)))
  await redis.subscribe(channelOf(prefix))
}
