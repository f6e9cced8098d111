/** Joins accepted batches into the state. A batch is removed only after the state holds it. */
import { setTimeout as wait } from 'node:timers/promises'
import { type Job, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { AppError } from '../../../graph/errors.ts'
import type { StoredEvent } from '../../../graph/model.ts'
import { groupCommit } from '../../group-commit.ts'
import { type BatchData, unpack } from './batch.ts'
import type { Complain } from './connection.ts'
import { closeInTime, crashSettings, ingestQueue } from './queues.ts'

export interface IngestWorkerOptions {
  readonly redis: Redis
  readonly prefix: string
  /** Joins events; may be asked for the same ones again. */
  readonly record: (events: readonly StoredEvent[]) => Promise<void>
  /** Told after events were joined. */
  readonly joined: (events: number) => void
  /** Keeps an event that the store refuses for what it is, so that its neighbours can go on. */
  readonly refused: (event: StoredEvent, error: Error) => Promise<void>
  readonly complain: Complain
}

export interface IngestWorker {
  /** Ends after what runs, which it waits for. */
  close(): Promise<void>
}

/** Batches taken at once; they are joined together, because a store likes few large writes. */
const batchesAtOnce = 10
const eventsPerJoin = 10_000
/** A batch that ends its worker every time is set aside; a failure of the store does not count. */
const startsMax = 50
const longestPauseMs = 5_000

export function startIngestWorker(options: IngestWorkerOptions): IngestWorker {
  const { redis, prefix, joined, complain } = options
  const stopping = new AbortController()
  const join = groupCommit<StoredEvent, undefined>(
    async (events) => {
      await options.record(events)
      return events.map(() => undefined)
    },
    { itemsMax: eventsPerJoin },
  )

  async function process({ data }: Job<BatchData>): Promise<void> {
    const events = unpack(data)
    await joinAll(events, { ...options, join, signal: stopping.signal })
    joined(events.length)
  }

  const worker = new Worker<BatchData>(ingestQueue, process, {
    connection: redis,
    prefix,
    ...crashSettings,
    concurrency: batchesAtOnce,
    maxStartedAttempts: startsMax,
  })
  worker.on('error', (error) => complain('ingest worker', error))
  worker.on('failed', (_, error) => complain('batch set aside', error))
  let closed: Promise<void> | undefined
  async function close(): Promise<void> {
    stopping.abort()
    await closeInTime(worker)
  }
  return { close: () => (closed ??= close()) }
}

interface Joining extends Pick<IngestWorkerOptions, 'record' | 'refused' | 'complain'> {
  readonly join: (events: readonly StoredEvent[]) => Promise<unknown>
  readonly signal: AbortSignal
}

/** Waits for as long as the store is away; halves a batch that the store refuses until the culprit is alone. */
async function joinAll(events: readonly StoredEvent[], joining: Joining): Promise<void> {
  const { join, complain, signal } = joining
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      await join(events)
      return
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error))
      complain('join', failure)
      if (!(error instanceof AppError)) break
      // Of the store or the installation, not of these events. Whoever stops leaves the batch to the next.
      await wait(pauseMs * (0.5 + Math.random()), undefined, { signal })
    }
  }
  const [only] = events
  if (only && events.length === 1) return await joinOne(only, joining)
  const half = Math.ceil(events.length / 2)
  for (const part of [events.slice(0, half), events.slice(half)])
    await joinAll(part, { ...joining, join: joining.record })
}

/** Once more, because its neighbour in a group may have been the culprit. */
async function joinOne(event: StoredEvent, { record, refused }: Joining): Promise<void> {
  try {
    await record([event])
  } catch (error) {
    if (error instanceof AppError) throw error
    await refused(event, error instanceof Error ? error : new Error(String(error)))
  }
}
