/** Everything that goes through Redis, opened together. */
import type { Redis } from 'ioredis'
import { AppError } from '../../../graph/errors.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Clock, Intake, JobQueue } from '../../../graph/ports.ts'
import type { Finding } from '../../finding.ts'
import type { QueueFigures } from '../../telemetry/metrics.ts'
import { announceVersion, onVersion } from './announcements.ts'
import { type Complain, connectRedis, type RedisOptions, untilReady } from './connection.ts'
import {
  type Accepts,
  durabilityFindings,
  inspectRedis,
  type RedisFacts,
  refuseUnsafe,
} from './durability.ts'
import { oldestMs, queueFigures, queueFindings } from './figures.ts'
import { answerForetold, askForetold, type Foretell } from './foretelling.ts'
import { bullIntake } from './intake/intake.ts'
import { bullJobQueue } from './jobs/job-queue.ts'
import { type IngestWorker, startIngestWorker } from './joining/ingest-worker.ts'
import { keepRefused, takeUpAgain } from './joining/refused.ts'
import { openForetellQueue, openIngestQueue, openJobsQueue, openRefusedQueue } from './queues.ts'
import type { StoppableWorker } from './worker.ts'

export interface QueuesOptions extends RedisOptions {
  readonly accepts: Accepts
  readonly waitingEventsMax: number
}

export interface Joining {
  readonly record: (events: readonly StoredEvent[]) => Promise<void>
  /** Told after events were joined, with the traces of the requests that brought them. */
  readonly joined: (events: number, traceIds: readonly string[]) => void
}

export interface Queues extends AsyncDisposable {
  readonly intake: Omit<Intake, 'foldSome'>
  readonly jobs: JobQueue
  /** Begins to join accepted events in this process. What was set aside is tried once more. */
  readonly join: (joining: Joining) => Promise<IngestWorker>
  /** Begins to run jobs in this process. */
  readonly work: (run: (job: string) => Promise<void>) => void
  /** What would be, as a process that detects knows it; nobody may know in time. */
  readonly foretell: Foretell
  /** Begins to answer such questions in this process. */
  readonly answer: (foretell: Foretell) => void
  readonly announce: (version: number) => Promise<void>
  readonly onVersion: (heard: (version: number) => void) => Promise<void>
  readonly figures: () => Promise<QueueFigures>
  /** Age of the oldest batch that is not joined; 0 when there is none. */
  readonly lagMs: () => Promise<number>
}

const readyWithinMs = 10_000
/** Somebody looks at a page meanwhile. */
const foretoldWithinMs = 2_000

interface Surroundings {
  readonly clock: Clock
  readonly complain: Complain
  /** Wait before a job that failed is tried again. */
  readonly retryMs?: number
  /** How long closing waits for what runs before another process may begin it anew. Default: 7 s. */
  readonly closeWithinMs?: number
}

/** Throws `store_unavailable` when Redis does not answer, `config_invalid` when it could lose what it acknowledges. */
export async function openQueues(options: QueuesOptions, around: Surroundings): Promise<Queues> {
  const { url, accepts } = options
  const redis = connectRedis(options, { role: 'producer', complain: around.complain })
  try {
    await ready(redis, url)
    refuseUnsafe(await inspectRedis(redis), { accepts, url })
  } catch (error) {
    redis.disconnect()
    throw error
  }
  return queuesOver(redis, options, around)
}

function queuesOver(redis: Redis, options: QueuesOptions, around: Surroundings): Queues {
  const { prefix, url, waitingEventsMax: waitingMax } = options
  const { clock, complain, closeWithinMs = 7_000 } = around
  const shared = { prefix, complain, closeWithinMs }
  const ingest = openIngestQueue(redis, prefix)
  const jobs = openJobsQueue(redis, prefix)
  const refusals = openRefusedQueue(redis, prefix)
  const questions = openForetellQueue(redis, prefix)
  const asking = { redis, queue: questions, prefix }
  const queues = [ingest, jobs, refusals]
  for (const queue of [...queues, questions]) queue.on('error', (error) => complain('queue', error))
  const jobQueue = bullJobQueue({ ...around, ...shared, redis, queue: jobs })
  const connections = [redis]
  const workers: StoppableWorker[] = []
  const another = (): Redis => {
    const made = connectRedis(options, { role: 'worker', complain })
    connections.push(made)
    keepCopies(made, connections)
    return made
  }
  return {
    intake: bullIntake({ redis, queue: ingest, prefix, clock, waitingMax, url }),
    jobs: jobQueue,
    async join(given) {
      await takeUpAgain(ingest, refusals)
      const refused = (event: StoredEvent, error: Error) => keepRefused(refusals, event, error)
      const worker = startIngestWorker({ ...given, ...shared, queue: ingest, connection: another(), refused })
      workers.push(worker)
      return worker
    },
    work: (run) => jobQueue.start(another(), run),
    foretell: askForetold(asking, foretoldWithinMs),
    answer: (foretell) =>
      void workers.push(answerForetold({ ...shared, ...asking, connection: another(), foretell })),
    announce: (version) => announceVersion(redis, prefix, version),
    onVersion: (heard) => onVersion(another(), prefix, heard),
    figures: () => queueFigures(redis, queues),
    lagMs: () => oldestMs(redis, ingest),
    async [Symbol.asyncDispose]() {
      await Promise.all([jobQueue[Symbol.asyncDispose](), ...workers.map((worker) => worker.close())])
      for (const queue of [...queues, questions]) await queue.close().catch(() => {})
      for (const connection of connections) connection.disconnect()
    },
  }
}

/** BullMQ blocks on a copy of its own, which hangs on when it is closed while Redis is silent. */
function keepCopies(redis: Redis, connections: Redis[]): void {
  const duplicate = redis.duplicate.bind(redis)
  redis.duplicate = (...given) => {
    const copy = duplicate(...given)
    connections.push(copy)
    return copy
  }
}

async function ready(redis: Redis, url: string): Promise<void> {
  try {
    await untilReady(redis, readyWithinMs)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'no answer'
    throw new AppError(
      /WRONGPASS|NOAUTH|invalid password/.test(why) ? 'config_invalid' : 'store_unavailable',
      /WRONGPASS|NOAUTH|invalid password/.test(why)
        ? `Redis at ${url} does not accept this password: set RINGLEADER_REDIS_PASSWORD_FILE (or RINGLEADER_REDIS_PASSWORD)`
        : `Redis at ${url} does not answer (${why}): is it running and reachable from here? ringleader doctor says more`,
      { cause },
    )
  }
}

/** What is well and what is not with this Redis and its queues, without changing anything. */
export async function redisFindings(options: QueuesOptions): Promise<readonly Finding[]> {
  const redis = connectRedis(options, { role: 'producer', complain: () => {} })
  try {
    await ready(redis, options.url)
    const facts = await inspectRedis(redis)
    const queues = {
      ingest: openIngestQueue(redis, options.prefix),
      jobs: openJobsQueue(redis, options.prefix),
      refusals: openRefusedQueue(redis, options.prefix),
    }
    return [
      memoryFinding(facts, options.url),
      ...durabilityFindings(facts, options.accepts),
      ...(await queueFindings(redis, queues)),
    ]
  } finally {
    redis.disconnect()
  }
}

function memoryFinding({ version, usedBytes, maxBytes }: RedisFacts, url: string): Finding {
  const server = `${version} at ${url}`
  if (maxBytes === 0)
    return {
      check: 'Redis',
      state: 'warning',
      detail: `${server}, no maxmemory set: events are refused only when Redis holds 70 % of the machine's memory; set maxmemory to what it may have`,
    }
  const share = Math.round((usedBytes / maxBytes) * 100)
  return { check: 'Redis', state: 'ok', detail: `${server}, ${share} % of its memory used` }
}
