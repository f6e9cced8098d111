/**
 * Jobs that run by themselves, over all processes: one run of a name at a time; a request while one runs makes one
 * more run; of requests that wait the earliest stands.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Job, Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { JobQueue } from '../../../../graph/ports.ts'
import type { Complain } from '../connection.ts'
import { jobsQueue } from '../queues.ts'
import { type StoppableWorker, startWorker } from '../worker.ts'
import { type DueTimes, dueTimes } from './due.ts'

export interface JobQueueOptions {
  readonly redis: Redis
  readonly queue: Queue
  readonly prefix: string
  readonly complain: Complain
  /** Wait before a job that failed is tried again. */
  readonly retryMs?: number
  /** How long closing waits for what runs before another process may begin it anew. */
  readonly closeWithinMs: number
}

export interface BullJobQueue extends JobQueue {
  /** Begins to run jobs in this process, over a connection of its own. */
  start(connection: Redis, run: (job: string) => Promise<void>): void
}

/** Jobs of different names that run at once in one process, and a schedule's tick beside them. */
const jobsAtOnce = 8
/** How long the process that set a schedule keeps others from setting the same again. */
const scheduleHeldMs = 60_000
/** A schedule asks for a run as anybody does, so that it never makes a second one. */
const tickOf = (job: string): string => `tick ${job}`
const jobOfTick = (name: string): string | undefined => /^tick (.+)$/.exec(name)?.[1]

export function bullJobQueue(options: JobQueueOptions): BullJobQueue {
  const { redis, queue, prefix, complain, retryMs = 5_000, closeWithinMs } = options
  const workers: StoppableWorker[] = []
  const due = dueTimes(redis, prefix)
  const request = requester(queue, due, retryMs)
  return {
    request,

    async schedule(job, everyMs) {
      const mine = `${prefix}:schedule:${job}:${everyMs}`
      if ((await redis.set(mine, '', 'PX', scheduleHeldMs, 'NX')) !== 'OK') return
      await queue.upsertJobScheduler(
        tickOf(job),
        { every: everyMs, startDate: Date.now() + everyMs },
        { name: tickOf(job), opts: { removeOnComplete: true, removeOnFail: { count: 100 } } },
      )
    },

    async idle() {
      while ((await requested(queue)) > 0) await wait(20)
    },

    start(connection, run) {
      const process = async ({ name }: Pick<Job, 'name'>): Promise<void> => {
        const ticked = jobOfTick(name)
        if (ticked === undefined) await runOne(name, { due, retryMs, run })
        else await request(ticked)
      }
      workers.push(
        startWorker({
          queue: jobsQueue,
          connection,
          prefix,
          concurrency: jobsAtOnce,
          process,
          complain,
          closeWithinMs,
        }),
      )
    },

    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.close()))
    },
  }
}

/** One job waits or runs a name, and one more is kept while it runs: BullMQ's, whose delay is ours. */
function requester(queue: Queue, due: DueTimes, retryMs: number): JobQueue['request'] {
  return async (job, { afterMs = 0 } = {}) => {
    const now = Date.now()
    const at = await due.wish(job, now + afterMs)
    await queue.add(
      job,
      {},
      {
        delay: Math.max(0, at - now),
        deduplication: { id: job, keepLastIfActive: true, reschedule: true },
        attempts: 1_000_000_000,
        backoff: { type: 'fixed', delay: retryMs, jitter: 0.5 },
        removeOnComplete: true,
        removeOnFail: { count: 100 },
      },
    )
  }
}

interface Running {
  readonly due: DueTimes
  readonly retryMs: number
  readonly run: (job: string) => Promise<void>
}

async function runOne(job: string, { due, retryMs, run }: Running): Promise<void> {
  await due.begun(job)
  try {
    await run(job)
  } catch (error) {
    // So that whoever asks for a later run does not put off the next try.
    await due.wish(job, Date.now() + retryMs).catch(() => {})
    throw error
  }
}

/** Jobs that were asked for and are not done; what is only scheduled does not count. */
async function requested(queue: Queue): Promise<number> {
  const jobs = await queue.getJobs(['waiting', 'active', 'delayed'])
  return jobs.filter((job) => job && jobOfTick(job.name) === undefined).length
}
