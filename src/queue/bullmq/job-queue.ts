/**
 * Jobs that run by themselves, over all processes: one run of a name at a time; a request while one runs makes one
 * more run; of requests that wait the earliest stands.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { type JobsOptions, type Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { JobQueue } from '../../../graph/ports.ts'
import type { Complain } from './connection.ts'
import { closeInTime, crashSettings, jobsQueue } from './queues.ts'

export interface JobQueueOptions {
  readonly redis: Redis
  readonly queue: Queue
  readonly prefix: string
  readonly complain: Complain
  /** Wait before a job that failed is tried again. */
  readonly retryMs?: number
}

export interface BullJobQueue extends JobQueue {
  /** Begins to run jobs in this process, over a connection of its own. */
  start(connection: Redis, run: (job: string) => Promise<void>): void
}

/** Jobs of different names that run at once in one process. */
const jobsAtOnce = 4
/** How long the process that set a schedule keeps others from setting it again. */
const scheduleHeldMs = 60_000
/** A schedule asks for a run as anybody does, so that it never makes a second one. */
const tickOf = (job: string): string => `tick ${job}`
const jobOfTick = (name: string): string | undefined => /^tick (.+)$/.exec(name)?.[1]

export function bullJobQueue(options: JobQueueOptions): BullJobQueue {
  const { redis, queue, prefix } = options
  const workers: Worker[] = []
  const request = requester(options)
  return {
    request,

    async schedule(job, everyMs) {
      const isMine = await redis.set(`${prefix}:schedule:${job}`, everyMs, 'PX', scheduleHeldMs, 'NX')
      if (isMine !== 'OK') return
      await queue.upsertJobScheduler(
        tickOf(job),
        { every: everyMs, startDate: Date.now() + everyMs },
        { name: tickOf(job), opts: { removeOnComplete: true, removeOnFail: { count: 100 } } },
      )
    },

    async idle() {
      while ((await requested(queue)) > 0) await wait(20)
    },

    start: (connection, run) => void workers.push(startWorker(connection, { ...options, run, request })),

    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map(closeInTime))
    },
  }
}

function requester({ queue, retryMs = 5_000 }: JobQueueOptions): JobQueue['request'] {
  const optionsOf = (job: string, afterMs: number): JobsOptions => ({
    delay: afterMs,
    deduplication: { id: job, keepLastIfActive: true },
    attempts: 1_000_000,
    backoff: { type: 'fixed', delay: retryMs, jitter: 0.5 },
    removeOnComplete: true,
    removeOnFail: { count: 100 },
  })

  /** When the run that waits is due; `undefined` when none waits. */
  async function dueAt(job: string): Promise<number | undefined> {
    const id = await queue.getDeduplicationJobId(job)
    const waiting = id === null ? undefined : await queue.getJob(id)
    return waiting && (await waiting.isDelayed()) ? waiting.timestamp + waiting.delay : undefined
  }

  return async (job, { afterMs = 0 } = {}) => {
    const due = await dueAt(job)
    const options = optionsOf(job, afterMs)
    const isSooner = due !== undefined && due > Date.now() + afterMs
    const sooner: JobsOptions = { ...options, deduplication: { id: job, reschedule: true } }
    await queue.add(job, {}, isSooner ? sooner : options)
  }
}

/** Jobs that were asked for and are not done; what is only scheduled does not count. */
async function requested(queue: Queue): Promise<number> {
  const jobs = await queue.getJobs(['waiting', 'active', 'delayed'])
  return jobs.filter((job) => job && jobOfTick(job.name) === undefined).length
}

function startWorker(
  connection: Redis,
  {
    prefix,
    complain,
    run,
    request,
  }: JobQueueOptions & { run: (job: string) => Promise<void>; request: JobQueue['request'] },
): Worker {
  const worker = new Worker(
    jobsQueue,
    async ({ name }) => {
      const ticked = jobOfTick(name)
      if (ticked === undefined) await run(name)
      else await request(ticked)
    },
    { connection, prefix, ...crashSettings, concurrency: jobsAtOnce },
  )
  worker.on('error', (error) => complain('jobs worker', error))
  worker.on('failed', (job, error) => complain(`job ${job?.name ?? ''}`, error))
  return worker
}
