/** Events through Redis: in batches, beside a job an event; and all the way into Neo4j. */
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import type { StoredEvent } from '../../graph/model.ts'
import { openQueues } from '../../src/queue/bullmq/open.ts'
import { runScript } from '../support/processes/child.ts'
import { busyEvents } from './busy-events.ts'
import { benchQueueOptions } from './queue-options.ts'
import type { BenchServers } from './servers.ts'

const senders = 4
const eventsPerDelivery = 500

let runs = 0
/** Of one run: events that were taken before are not queued again. */
const freshName = (): string => `run-${(runs += 1)}`

/** Taken, and given to a worker that does nothing with them; events a second. */
export async function benchBatches({ redis }: BenchServers, count: number): Promise<number> {
  const events = busyEvents(count)
  const prefix = freshName()
  await using worker = queueWorker('batches', redis.url, prefix)
  await worker.lines.next()
  await using queues = await openQueues(benchQueueOptions(redis.url, prefix), {
    clock: Date.now,
    complain: () => {},
  })
  const startedAt = performance.now()
  await deliver(events, queues.intake.accept)
  while ((await queues.intake.waiting()) > 0) await pause(2)
  return perSecond(count, startedAt)
}

const queueWorker = (...args: readonly string[]) =>
  runScript(new URL('queue-worker.ts', import.meta.url), args)

/** A job an event, as one writes it first: as many senders, each waiting for its answer, and a worker as it comes. */
export const plainSingles: SinglesOptions = { inFlight: senders, jobsAtOnce: 1 }
/** The same with all that can be had by settings. */
export const tunedSingles: SinglesOptions = { inFlight: 200, jobsAtOnce: 50 }

interface SinglesOptions {
  readonly inFlight: number
  readonly jobsAtOnce: number
}

/** The same, a job an event. */
export async function benchSingles(
  { redis }: BenchServers,
  count: number,
  { inFlight, jobsAtOnce }: SinglesOptions,
): Promise<number> {
  const events = busyEvents(count)
  const name = freshName()
  await using worker = queueWorker('singles', redis.url, name, String(jobsAtOnce))
  await worker.lines.next()
  const connection = new Redis(redis.url)
  const queue = new Queue<StoredEvent>(name, { connection })
  const startedAt = performance.now()
  for (let from = 0; from < count; from += inFlight)
    await Promise.all(
      events
        .slice(from, from + inFlight)
        .map((event) => queue.add('event', event, { removeOnComplete: true })),
    )
  while ((await queue.getJobCountByTypes('wait', 'active')) > 0) await pause(2)
  const result = perSecond(count, startedAt)
  await queue.close()
  connection.disconnect()
  return result
}

export interface EndToEnd {
  readonly acceptedPerSecond: number
  readonly joinedPerSecond: number
}

/** Durable in Redis and joined into Neo4j by a worker process, everything on this machine. */
export async function benchEndToEnd({ redis, environment }: BenchServers, count: number): Promise<EndToEnd> {
  const events = busyEvents(count)
  await using worker = runScript(
    new URL('../../src/main.ts', import.meta.url),
    ['work', '--metrics-port', '0'],
    environment,
  )
  await worker.lines.next()
  await using queues = await openQueues(benchQueueOptions(redis.url, 'ringleader'), {
    clock: Date.now,
    complain: () => {},
  })
  const startedAt = performance.now()
  await deliver(events, queues.intake.accept)
  const acceptedPerSecond = perSecond(count, startedAt)
  while ((await queues.intake.waiting()) > 0) await pause(20)
  return { acceptedPerSecond, joinedPerSecond: perSecond(count, startedAt) }
}

async function deliver(
  events: readonly StoredEvent[],
  accept: (events: readonly StoredEvent[]) => Promise<unknown>,
): Promise<void> {
  let next = 0
  const sender = async (): Promise<void> => {
    for (let from = next; from < events.length; from = next) {
      next = from + eventsPerDelivery
      await accept(events.slice(from, next))
    }
  }
  await Promise.all(Array.from({ length: senders }, sender))
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const perSecond = (count: number, startedAt: number): number =>
  (count / (performance.now() - startedAt)) * 1_000
