/** The queues by name, and the settings that all of their workers share. */
import { Queue, type QueueOptions, type WorkerOptions } from 'bullmq'
import type { Redis } from 'ioredis'
import type { ForetellOrder } from '../../../graph/foretold.ts'
import type { BatchData } from './intake/batch.ts'

/** Batches of events to be joined. */
export const ingestQueue = 'ingest'
/** Jobs that run by themselves. */
export const jobsQueue = 'jobs'

/** Events the store refused; nobody works on them by itself. */
export const refusedQueue = 'refused'

/** What would be, asked of processes that detect. */
export const foretellQueue = 'foretell'

export interface Question {
  readonly id: string
  readonly order: ForetellOrder
  /** Clock time after which nobody waits for the answer. */
  readonly until: number
}

const queueOptions = (connection: Redis, prefix: string): QueueOptions => ({
  connection,
  prefix,
  // Nobody reads the streams of events; they would fill memory that events need.
  streams: { events: { maxLen: 100 } },
})

export const openIngestQueue = (connection: Redis, prefix: string): Queue<BatchData> =>
  new Queue(ingestQueue, queueOptions(connection, prefix))

export const openRefusedQueue = (connection: Redis, prefix: string): Queue<BatchData> =>
  new Queue(refusedQueue, queueOptions(connection, prefix))

export const openJobsQueue = (connection: Redis, prefix: string): Queue =>
  new Queue(jobsQueue, queueOptions(connection, prefix))

export const openForetellQueue = (connection: Redis, prefix: string): Queue<Question> =>
  new Queue(foretellQueue, queueOptions(connection, prefix))

/**
 * A job whose worker dies is taken up again within 15 s, when its lock has run out and somebody looks next, and a job
 * is never lost for having been taken up often.
 */
export const crashSettings = {
  lockDuration: 10_000,
  stalledInterval: 4_000,
  maxStalledCount: 1_000_000,
  drainDelay: 5,
  runRetryDelay: 1_000,
} satisfies Partial<WorkerOptions>
