/** Joins accepted batches into the state. A batch is removed only after the state holds it. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Job, Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { AppError } from '../../../../graph/errors.ts'
import type { StoredEvent } from '../../../../graph/model.ts'
import { groupCommit } from '../../../group-commit.ts'
import { newTraceId, traced } from '../../../telemetry/trace.ts'
import type { Complain } from '../connection.ts'
import { addBatch, type BatchData, pack, unpack } from '../intake/batch.ts'
import { ingestQueue } from '../queues.ts'
import { type StoppableWorker, startWorker } from '../worker.ts'
import { type Culprit, culpritsOf } from './culprits.ts'

export interface IngestWorkerOptions {
  readonly queue: Queue<BatchData>
  /** Of its own, made for workers. */
  readonly connection: Redis
  readonly prefix: string
  /** Joins events; may be asked for the same ones again. */
  readonly record: (events: readonly StoredEvent[]) => Promise<void>
  /** Told after events were joined. */
  readonly joined: (events: number, traceIds: readonly string[]) => void
  /** Keeps an event that the store refuses for what it is, so that its neighbours can go on. */
  readonly refused: (event: StoredEvent, error: Error) => Promise<void>
  readonly complain: Complain
  /** How long closing waits for what runs before it goes to another worker. */
  readonly closeWithinMs: number
}

export type IngestWorker = StoppableWorker

/** Batches taken at once; they are joined together, because a store likes few large writes. */
const batchesAtOnce = 50
const eventsPerJoin = 50_000
const longestPauseMs = 5_000
/** A batch under which workers died is joined alone, then in halves, and an event at last set aside. */
const deaths = { alone: 2, halved: 5, setAside: 10 }
/** A store that took others so lately refuses an event for what it is; one that takes nothing is itself to blame. */
const proofMs = 30_000

export function startIngestWorker(options: IngestWorkerOptions): IngestWorker {
  const { queue, connection, prefix, joined, refused, complain, closeWithinMs } = options
  let tookAt = -Infinity

  async function record(events: readonly StoredEvent[]): Promise<void> {
    await options.record(events)
    tookAt = performance.now()
  }
  async function commit(events: readonly StoredEvent[]): Promise<readonly undefined[]> {
    await record(events)
    return events.map(() => undefined)
  }
  const joinTogether = groupCommit(commit, { itemsMax: eventsPerJoin })
  const joinAlone = groupCommit(commit, { itemsMax: 0 })
  const takesOthers = (): boolean => performance.now() - tookAt < proofMs

  async function process({ data, stalledCounter }: Job<BatchData>, stopping: AbortSignal): Promise<void> {
    const events = unpack(data)
    if (stalledCounter >= deaths.halved && events.length > 1) return await halve(events, data)
    if (stalledCounter >= deaths.setAside) return await setAside(events.map(endedWorkers))
    const join = stalledCounter >= deaths.alone ? joinAlone : joinTogether
    const patiently = (work: () => Promise<unknown>) => whileAway(work, { complain, stopping })
    try {
      await patiently(() => traced(data.traceIds?.[0] ?? newTraceId(), () => join(events)))
    } catch (error) {
      if (stopping.aborted) throw error
      const recordPart = (part: readonly StoredEvent[]) => patiently(() => record(part))
      await setAside(await culpritsOf(events, { record: recordPart, takesOthers, stopping }))
    }
    joined(events.length, data.traceIds ?? [])
  }

  async function halve(events: readonly StoredEvent[], data: BatchData): Promise<void> {
    const half = Math.ceil(events.length / 2)
    for (const part of [events.slice(0, half), events.slice(half)])
      await addBatch(queue, pack(part, data.traceIds))
  }

  async function setAside(culprits: readonly Culprit[]): Promise<void> {
    for (const { event, error } of culprits) await refused(event, error)
  }

  return startWorker({
    queue: ingestQueue,
    connection,
    prefix,
    complain,
    closeWithinMs,
    concurrency: batchesAtOnce,
    process,
  })
}

function endedWorkers(event: StoredEvent): Culprit {
  const error = new Error('Every worker that took this event up ended')
  return { event, error: Object.assign(error, { name: 'EndedWorkers' }) }
}

/** Tries for as long as the store, not the events, is what fails. Throws what the events fail with. */
async function whileAway(
  work: () => Promise<unknown>,
  { complain, stopping }: { complain: Complain; stopping: AbortSignal },
): Promise<void> {
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      await work()
      return
    } catch (error) {
      complain('join', error instanceof Error ? error : new Error(String(error)))
      if (!(error instanceof AppError)) throw error
      await wait(pauseMs * (0.5 + Math.random()), undefined, { signal: stopping })
    }
  }
}
