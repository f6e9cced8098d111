/** How the queues are, for metrics and for `ringleader doctor`. */
import type { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Finding } from '../../finding.ts'
import type { QueueFigures } from '../../telemetry/metrics.ts'
import { inspectRedis } from './durability.ts'
import type { BatchData } from './intake/batch.ts'
import { waitingEvents } from './intake/intake.ts'
import { ingestQueue, refusedQueue } from './queues.ts'

const states = ['wait', 'active', 'delayed', 'failed'] as const

export async function queueFigures(redis: Redis, queues: readonly Queue[]): Promise<QueueFigures> {
  const [facts, ...counts] = await Promise.all([
    inspectRedis(redis),
    ...queues.map((queue) => queue.getJobCounts(...states)),
  ])
  const jobs = queues.flatMap(({ name }, i) =>
    states.map((state) => ({ queue: name, state, jobs: counts[i]?.[state] ?? 0 })),
  )
  // What was set aside waits for a person.
  const worked = queues.filter(({ name }) => name !== refusedQueue)
  const ages = await Promise.all(worked.map((queue) => oldestMs(redis, queue)))
  return {
    jobs,
    oldestSeconds: Math.max(0, ...ages) / 1_000,
    memoryRatio: facts.maxBytes > 0 ? facts.usedBytes / facts.maxBytes : 0,
  }
}

/** Age of the job that waits longest, be it that somebody tries in vain to work on it; 0 when there is none. */
export async function oldestMs(redis: Redis, queue: Queue): Promise<number> {
  const states = queue.name === ingestQueue ? (['wait', 'active', 'delayed'] as const) : (['wait'] as const)
  const heads = await Promise.all(states.map((state) => queue.getRanges([state], 0, 0, true)))
  const times = await Promise.all(heads.flat().map((id) => redis.hget(queue.toKey(id), 'timestamp')))
  const oldest = Math.min(...times.flatMap((time) => (time === null ? [] : Number(time))))
  return Number.isFinite(oldest) ? Math.max(0, Date.now() - oldest) : 0
}

const oldAfterMs = 60_000

export interface FindingQueues {
  readonly ingest: Queue<BatchData>
  readonly jobs: Queue
  readonly refusals: Queue<BatchData>
}

export async function queueFindings(
  redis: Redis,
  { ingest, jobs, refusals }: FindingQueues,
): Promise<readonly Finding[]> {
  const [events, age, workers, ...aside] = await Promise.all([
    waitingEvents(ingest),
    oldestMs(redis, ingest),
    ingest.getWorkersCount(),
    ingest.getJobCountByTypes('failed'),
    jobs.getJobCountByTypes('failed'),
    refusals.getJobCountByTypes('wait'),
  ])
  const waits = `${events} events wait, ${workers} workers`
  const setAside = aside.reduce((sum, jobs) => sum + jobs, 0)
  return [
    age > oldAfterMs
      ? {
          check: 'queue',
          state: 'wrong',
          detail: `${waits}, the oldest for ${Math.round(age / 1_000)} s: is ringleader work running, and does Neo4j answer?`,
        }
      : { check: 'queue', state: 'ok', detail: waits },
    setAside > 0
      ? {
          check: 'set aside',
          state: 'warning',
          detail: `${setAside} events or jobs were refused: see the log of the workers; ringleader work takes them up again when it starts`,
        }
      : { check: 'set aside', state: 'ok', detail: 'none' },
  ]
}
