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

/** Of each id that a bucket holds: its number among those asked for, and what is noted. One HMGET a bucket. */
const look = String.raw`
local found = {}
for _, bucket in ipairs(KEYS) do
  if redis.call('EXISTS', bucket) == 1 then
    for i, marks in ipairs(redis.call('HMGET', bucket, unpack(ARGV))) do
      if marks then
        found[#found + 1] = i - 1
        found[#found + 1] = marks
      end
    end
  end
end
return found`

/**
 * Adds what is seen to what the newest bucket holds of each id. The newest marks are kept, of which nobody sends many
 * but to do harm: what is forgotten is taken again, and joined without effect.
 */
const note = String.raw`
local ids, fields = {}, {}
for i = 3, #ARGV, 2 do ids[#ids + 1] = ARGV[i] end
local found = redis.call('HMGET', KEYS[1], unpack(ids))
local most = tonumber(ARGV[2])
local noted = {}
for i, id in ipairs(ids) do
  local known = noted[id] or found[i]
  local mark = ARGV[2 * i + 2]
  local marks = known and (known .. '\n' .. mark) or mark
  if #marks > most then marks = string.match(string.sub(marks, -most), '\n(.*)') or mark end
  noted[id] = marks
  fields[2 * i - 1], fields[2 * i] = id, marks
end
redis.call('HSET', KEYS[1], unpack(fields))
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
      const found = (await redis.eval(look, keys.length, ...keys, ...ids)) as (number | string)[]
      const known = marksById(ids, found)
      const receipts: Receipt[] = []
      const fresh: StoredEvent[] = []
      for (const event of events) {
        const seen = known.get(event.id) ?? new Set<string>()
        const mark = markOf(event)
        receipts.push(receiptOf(event, seen))
        // The same event looked up in other tables may carry other facts, so it too must reach the state.
        if (!seen.has(mark)) fresh.push(event)
        known.set(event.id, seen.add(mark))
      }
      return { receipts, fresh }
    },

    /** Only after they are durable: noting first could lose an event that is then called a duplicate. */
    async note(events: readonly StoredEvent[]): Promise<void> {
      if (events.length === 0) return
      const seconds = (msPerBucket / 1_000) * bucketsKept
      const marks = events.flatMap((event) => [event.id, markOf(event)])
      await redis.eval(note, 1, bucket(0), seconds, charactersPerId, ...marks)
    },
  }
}

/** From pairs of an id's number and the marks a bucket holds of it. */
function marksById(ids: readonly string[], found: readonly (number | string)[]): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>()
  for (let at = 0; at < found.length; at += 2) {
    const id = ids[Number(found[at])] ?? ''
    const marks = known.get(id) ?? new Set()
    for (const mark of String(found[at + 1]).split('\n')) marks.add(mark)
    known.set(id, marks)
  }
  return known
}

const markOf = ({ content, tables }: StoredEvent): string => `${content}@${tables}`

function receiptOf({ content }: StoredEvent, seen: ReadonlySet<string>): Receipt {
  if (seen.size === 0) return 'accepted'
  return [...seen].some((mark) => mark.startsWith(`${content}@`)) ? 'duplicate' : 'conflict'
}
