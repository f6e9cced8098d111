/**
 * Which events were taken already: content hashes by event id, in buckets by day of arrival, so that forgetting is
 * dropping a bucket. It only decides what a sender is told; the state joins a repeat like anything else.
 */
import type { Redis } from 'ioredis'
import type { StoredEvent } from '../../../../graph/model.ts'
import type { Clock, Receipt } from '../../../../graph/ports.ts'

/** Few buckets, because every look asks all of them. */
const daysPerBucket = 5
/** Enough for 30 whole days. */
const bucketsKept = 7
const msPerBucket = daysPerBucket * 86_400_000

/** For each id what each bucket holds of it. One HMGET a bucket, because a call costs more than a look. */
const look = String.raw`
local found = {}
for i = 1, #ARGV do found[i] = '' end
for _, bucket in ipairs(KEYS) do
  if redis.call('EXISTS', bucket) == 1 then
    for i, text in ipairs(redis.call('HMGET', bucket, unpack(ARGV))) do
      if text then found[i] = found[i] .. '\n' .. text end
    end
  end
end
return found`

/**
 * Adds what is seen to what the newest bucket holds of each id. The newest marks are kept, of which nobody sends many
 * but to do harm: what is forgotten is taken again, and joined without effect.
 */
const note = String.raw`
for i = 3, #ARGV, 2 do
  local known = redis.call('HGET', KEYS[1], ARGV[i])
  local marks = known and (known .. '\n' .. ARGV[i + 1]) or ARGV[i + 1]
  if #marks > tonumber(ARGV[2]) then marks = string.match(string.sub(marks, -tonumber(ARGV[2])), '\n(.*)') or ARGV[i + 1] end
  redis.call('HSET', KEYS[1], ARGV[i], marks)
end
redis.call('EXPIRE', KEYS[1], ARGV[1])`

/** Some eighty marks. */
const charactersPerId = 4_000

export interface Judged {
  readonly receipts: readonly Receipt[]
  /** Those that may carry something new. */
  readonly fresh: readonly StoredEvent[]
}

export function ledger(redis: Redis, { prefix, clock }: { prefix: string; clock: Clock }) {
  const bucket = (back: number): string => `${prefix}:seen:${Math.floor(clock() / msPerBucket) - back}`
  return {
    /** Judges a batch against what was noted, and its own earlier events. */
    async judge(events: readonly StoredEvent[]): Promise<Judged> {
      const ids = [...new Set(events.map(({ id }) => id))]
      if (ids.length === 0) return { receipts: [], fresh: [] }
      const keys = Array.from({ length: bucketsKept }, (_, back) => bucket(back))
      const found = (await redis.eval(look, keys.length, ...keys, ...ids)) as string[]
      const known = new Map(ids.map((id, i) => [id, new Set((found[i] ?? '').split('\n').filter(Boolean))]))
      const receipts: Receipt[] = []
      const fresh: StoredEvent[] = []
      for (const event of events) {
        const seen = known.get(event.id) ?? new Set()
        receipts.push(receiptOf(event, seen))
        // The same event looked up in other tables may carry other facts, so it too must reach the state.
        if (!seen.has(markOf(event))) fresh.push(event)
        known.set(event.id, seen.add(markOf(event)))
      }
      return { receipts, fresh }
    },

    /** Only after they are durable: noting first could lose an event that is then called a duplicate. */
    async note(events: readonly StoredEvent[]): Promise<void> {
      const seconds = (msPerBucket / 1_000) * bucketsKept
      const marks = events.flatMap((event) => [event.id, markOf(event)])
      await redis.eval(note, 1, bucket(0), seconds, charactersPerId, ...marks)
    },
  }
}

const markOf = ({ content, tables }: StoredEvent): string => `${content}@${tables}`

function receiptOf({ content }: StoredEvent, seen: ReadonlySet<string>): Receipt {
  if (seen.size === 0) return 'accepted'
  return [...seen].some((mark) => mark.startsWith(`${content}@`)) ? 'duplicate' : 'conflict'
}
