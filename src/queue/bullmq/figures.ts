/** How the queues are, for metrics and for `ringleader doctor`. */
import type { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Finding } from '../../finding.ts'
import type { QueueFigures } from '../../telemetry/metrics.ts'
import type { BatchData } from './batch.ts'
import { inspectRedis } from './durability.ts'
import { waitingEvents } from './intake.ts'

const states = ['wait', 'active', 'delayed', 'failed'] as const

export async function queueFigures(redis: Redis, queues: readonly Queue[]): Promise<QueueFigures> {
  const [facts, ...counts] = await Promise.all([
    inspectRedis(redis),
    ...queues.map((queue) => queue.getJobCounts(...states)),
  ])
  const jobs = queues.flatMap(({ name }, i) =>
    states.map((state) => ({ queue: name, state, jobs: counts[i]?.[state] ?? 0 })),
  )
  const ages = await Promise.all(queues.map(oldestMs))
  return {
    jobs,
    oldestSeconds: Math.max(0, ...ages) / 1_000,
    memoryRatio: facts.maxBytes > 0 ? facts.usedBytes / facts.maxBytes : 0,
  }
}

/** Age of the job that waits longest; 0 when none waits. */
async function oldestMs(queue: Queue): Promise<number> {
  const [oldest] = await queue.getJobs(['wait'], 0, 0, true)
  return oldest ? Date.now() - oldest.timestamp : 0
}

const oldAfterMs = 60_000

export async function queueFindings(ingest: Queue<BatchData>, jobs: Queue): Promise<readonly Finding[]> {
  const [events, age, counts, failed, workers] = await Promise.all([
    waitingEvents(ingest),
    oldestMs(ingest),
    ingest.getJobCounts(...states),
    jobs.getJobCounts('failed'),
    ingest.getWorkersCount(),
  ])
  const waits = `${events} events wait, ${workers} workers`
  const setAside = (counts['failed'] ?? 0) + (failed['failed'] ?? 0)
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
          detail: `${setAside} jobs failed for good: see the log of the workers; ringleader work takes them up again when it starts`,
        }
      : { check: 'set aside', state: 'ok', detail: 'none' },
  ]
}
