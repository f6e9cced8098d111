/** Everything that goes through Redis, opened together. */
import { AppError } from '../../../graph/errors.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Clock, Intake, JobQueue } from '../../../graph/ports.ts'
import type { Finding } from '../../finding.ts'
import type { QueueFigures } from '../../telemetry/metrics.ts'
import { announceVersion, onVersion } from './announcements.ts'
import { type Complain, connectRedis, type RedisOptions, untilReady } from './connection.ts'
import { type Accepts, durabilityFindings, inspectRedis, refuseUnsafe } from './durability.ts'
import { queueFigures, queueFindings } from './figures.ts'
import { type IngestWorker, startIngestWorker } from './ingest-worker.ts'
import { bullIntake } from './intake.ts'
import { bullJobQueue } from './job-queue.ts'
import { openIngestQueue, openJobsQueue, openRefusedQueue } from './queues.ts'
import { keepRefused, takeUpAgain } from './refused.ts'

export interface QueuesOptions extends RedisOptions {
  readonly accepts: Accepts
  readonly waitingEventsMax: number
}

export interface Joining {
  readonly record: (events: readonly StoredEvent[]) => Promise<void>
  /** Told after events were joined. */
  readonly joined: (events: number) => void
}

export interface Queues extends AsyncDisposable {
  readonly intake: Omit<Intake, 'foldSome'>
  readonly jobs: JobQueue
  /** Begins to join accepted events in this process. What was set aside is tried once more. */
  join(joining: Joining): Promise<IngestWorker>
  /** Begins to run jobs in this process. */
  work(run: (job: string) => Promise<void>): void
  announce(version: number): Promise<void>
  onVersion(heard: (version: number) => void): Promise<void>
  figures(): Promise<QueueFigures>
}

const readyWithinMs = 10_000

/** Throws `store_unavailable` when Redis does not answer, `config_invalid` when it could lose what it acknowledges. */
export async function openQueues(
  options: QueuesOptions,
  { clock, complain, retryMs }: { clock: Clock; complain: Complain; retryMs?: number },
): Promise<Queues> {
  const { prefix, url, waitingEventsMax: waitingMax, accepts } = options
  const connect = (role: 'producer' | 'worker') => connectRedis(options, { role, complain })
  const redis = connect('producer')
  try {
    await ready(redis, url)
    refuseUnsafe(await inspectRedis(redis), { accepts, url })
  } catch (error) {
    redis.disconnect()
    throw error
  }
  const ingest = openIngestQueue(redis, prefix)
  const jobs = openJobsQueue(redis, prefix)
  const refusals = openRefusedQueue(redis, prefix)
  for (const queue of [ingest, jobs, refusals]) queue.on('error', (error) => complain('queue', error))
  const jobQueue = bullJobQueue({
    redis,
    queue: jobs,
    prefix,
    complain,
    ...(retryMs !== undefined && { retryMs }),
  })
  const others = [] as ReturnType<typeof connect>[]
  const joining = [] as IngestWorker[]
  const another = (role: 'producer' | 'worker') => {
    const made = connect(role)
    others.push(made)
    return made
  }
  return {
    intake: bullIntake({ redis, queue: ingest, prefix, clock, waitingMax, url }),
    jobs: jobQueue,
    async join({ record, joined }) {
      await takeUpAgain(ingest, refusals)
      const refused = (event: StoredEvent, error: Error) => keepRefused(refusals, event, error)
      const worker = startIngestWorker({
        redis: another('worker'),
        prefix,
        record,
        joined,
        refused,
        complain,
      })
      joining.push(worker)
      return worker
    },
    work: (run) => jobQueue.start(another('worker'), run),
    announce: (version) => announceVersion(redis, prefix, version),
    onVersion: (heard) => onVersion(another('worker'), prefix, heard),
    figures: () => queueFigures(redis, [ingest, jobs, refusals]),
    async [Symbol.asyncDispose]() {
      await Promise.all([jobQueue[Symbol.asyncDispose](), ...joining.map((worker) => worker.close())])
      for (const queue of [ingest, jobs, refusals]) await queue.close().catch(() => {})
      for (const connection of [...others, redis]) connection.disconnect()
    },
  }
}

async function ready(redis: ReturnType<typeof connectRedis>, url: string): Promise<void> {
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
    const limit =
      facts.maxBytes > 0
        ? `${Math.round((facts.usedBytes / facts.maxBytes) * 100)} % of its memory used`
        : 'no maxmemory set'
    const server: Finding = {
      check: 'Redis',
      state: 'ok',
      detail: `${facts.version} at ${options.url}, ${limit}`,
    }
    const ingest = openIngestQueue(redis, options.prefix)
    const jobs = openJobsQueue(redis, options.prefix)
    return [server, ...durabilityFindings(facts, options.accepts), ...(await queueFindings(ingest, jobs))]
  } finally {
    redis.disconnect()
  }
}
