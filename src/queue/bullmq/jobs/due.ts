/** When the next run of each job was asked for: of all wishes since the last run began, the earliest. */
import type { Redis } from 'ioredis'

const keepEarliest = `
local known = tonumber(redis.call('HGET', KEYS[1], ARGV[1]))
if known and known <= tonumber(ARGV[2]) then return tostring(known) end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return ARGV[2]`

export function dueTimes(redis: Redis, prefix: string) {
  const key = `${prefix}:due`
  return {
    /** What stands with this wish, in milliseconds since 1970. */
    async wish(job: string, at: number): Promise<number> {
      return Number(await redis.eval(keepEarliest, 1, key, job, at))
    },

    /** A run began: what was wished until now is met. */
    async begun(job: string): Promise<void> {
      await redis.hdel(key, job)
    },
  }
}

export type DueTimes = ReturnType<typeof dueTimes>
