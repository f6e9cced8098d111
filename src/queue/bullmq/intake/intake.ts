/** Takes events in: durable in Redis before anybody is told so, as batches for whoever joins them. */
import type { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { AppError } from '../../../../graph/errors.ts'
import type { StoredEvent } from '../../../../graph/model.ts'
import type { Clock, Intake, Receipt } from '../../../../graph/ports.ts'
import { groupCommit } from '../../../group-commit.ts'
import { traceId } from '../../../telemetry/trace.ts'
import { addBatch, type BatchData, eventsIn, pack } from './batch.ts'
import { ledger } from './ledger.ts'
import { pressure } from './pressure.ts'

export interface IntakeOptions {
  readonly redis: Redis
  readonly queue: Queue<BatchData>
  readonly prefix: string
  readonly clock: Clock
  readonly waitingMax: number
  readonly url: string
}

interface Taken {
  readonly event: StoredEvent
  /** Of the request that brought it. */
  readonly trace: string | undefined
}

/** Events a job holds at the most. */
const eventsPerBatch = 2_000
/** Longest wait for Redis before the sender is told to come again. */
const deadlineMs = 10_000

export function bullIntake(options: IntakeOptions): Omit<Intake, 'foldSome'> {
  const { redis, queue, prefix, clock, waitingMax, url } = options
  const seen = ledger(redis, { prefix, clock })
  const waiting = () => waitingEvents(queue)
  const gate = pressure(redis, { waiting, waitingMax })

  async function take(taken: readonly Taken[]): Promise<readonly Receipt[]> {
    const events = taken.map(({ event }) => event)
    const { receipts, fresh } = await seen.judge(events)
    if (fresh.length > 0) {
      const batch = pack(fresh, [...new Set(taken.flatMap(({ trace }) => trace ?? []))])
      await gate.admit(batch.data.packed.length)
      await addBatch(queue, batch)
      // It only decides what a sender of a repeat is told, and this connection's next look comes after it: nobody waits.
      if (gate.hasRoomToSpare()) seen.note(fresh).catch(() => {})
    }
    return receipts
  }

  const accept = groupCommit<Taken, Receipt>((events) => within(deadlineMs, url, take(events)), {
    itemsMax: eventsPerBatch,
  })
  return {
    async accept(events) {
      const receipts: Receipt[] = []
      const trace = traceId()
      const taken = events.map((event) => ({ event, trace }))
      for (let from = 0; from < events.length; from += eventsPerBatch)
        receipts.push(...(await accept(taken.slice(from, from + eventsPerBatch))))
      return receipts
    },
    waiting,
  }
}

const states = ['wait', 'active', 'delayed'] as const
/** More batches than these are not read one by one: this is asked several times a second. */
const countedMax = 4_000
const sampled = 1_000

/** Events of batches that wait, run or rest before another try; of very many, from the oldest and the newest. */
export async function waitingEvents(queue: Queue<BatchData>): Promise<number> {
  const counts = await queue.getJobCounts(...states)
  const batches = states.reduce((sum, state) => sum + (counts[state] ?? 0), 0)
  if (batches === 0) return 0
  if (batches <= countedMax) return eventsOf(await queue.getRanges([...states], 0, -1))
  const [newest, oldest] = await Promise.all([
    queue.getRanges([...states], 0, sampled - 1),
    queue.getRanges([...states], -sampled, -1),
  ])
  return Math.round((batches * eventsOf([...newest, ...oldest])) / (newest.length + oldest.length))
}

const eventsOf = (ids: readonly string[]): number => ids.reduce((sum, id) => sum + eventsIn(id), 0)

/** A batch that was late may be in Redis all the same; its sender sends it again, and it is joined once. */
async function within<T>(limitMs: number, url: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new AppError(
            'store_unavailable',
            `Redis at ${url} did not answer within ${limitMs / 1_000} s: send again`,
          ),
        ),
      limitMs,
    )
  })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'store_unavailable',
      `Redis at ${url} did not take the events (${error instanceof Error ? error.message : 'unknown'}): send again`,
      { cause: error },
    )
  } finally {
    clearTimeout(timer)
  }
}
