/**
 * Refuses events before Redis is full. A Redis at its limit refuses writes of those who would empty it too, so that
 * a full queue never drains (docs/operations.md).
 */
import type { Redis } from 'ioredis'
import { AppError } from '../../../../graph/errors.ts'

export interface Pressure {
  /** Throws `overloaded` when there is no room; otherwise counts the bytes as taken. */
  admit(bytes: number): Promise<void>
  /** Whether there is room for what only helps, such as the ledger, which is never to crowd out events. */
  hasRoomToSpare(): boolean
}

const memoryShareMax = 0.7
/** What the ledger may fill, beside whatever waits. */
const spareShareMax = 0.35
const sampleMs = 250
/** What a payload takes in Redis besides itself: the job's other fields, buffers, the append-only file's. */
const overhead = 2

export interface PressureOptions {
  readonly waiting: () => Promise<number>
  readonly waitingMax: number
}

export function pressure(redis: Redis, { waiting, waitingMax }: PressureOptions): Pressure {
  let sampled: Promise<{ used: number; most: number; events: number }> | undefined
  let sampledAt = -Infinity
  /** Taken since the sample, which it does not show yet. */
  let takenBytes = 0
  let share = 0

  async function sample() {
    const [info, events] = await Promise.all([redis.info('memory'), waiting()])
    return {
      used: bytesOf(info, 'used_memory'),
      // Without a limit of its own it has the machine's.
      most: bytesOf(info, 'maxmemory') || bytesOf(info, 'total_system_memory'),
      events,
    }
  }

  return {
    hasRoomToSpare: () => share < spareShareMax,

    async admit(bytes) {
      if (!sampled || performance.now() - sampledAt >= sampleMs) {
        sampledAt = performance.now()
        takenBytes = 0
        sampled = sample()
        // A sample that failed must not fail those who come later.
        sampled.catch(() => {
          sampled = undefined
        })
      }
      const { used, most, events } = await sampled
      takenBytes += bytes * overhead
      share = most > 0 ? (used + takenBytes) / most : 0
      if (share > memoryShareMax) {
        throw new AppError(
          'overloaded',
          'The queue is filling up faster than it is emptied (Redis holds over 70 % of what it may): send again after Retry-After',
        )
      }
      if (events > waitingMax) {
        throw new AppError(
          'overloaded',
          'Too many events wait to be joined (RINGLEADER_WAITING_EVENTS_MAX): send again after Retry-After',
        )
      }
    },
  }
}

const bytesOf = (info: string, name: string): number =>
  Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0)
