/** Events as one job's payload. */
import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { JobsOptions, Queue } from 'bullmq'
import type { StoredEvent } from '../../../../graph/model.ts'

export interface BatchData {
  /** JSON of the events, deflated, base64: a fifth of the bytes that Redis must write, sync and hold. */
  readonly packed: string
}

export interface Batch {
  /** Of the content, so that adding a batch again while it is there adds nothing; ends with how many events it holds. */
  readonly id: string
  readonly data: BatchData
}

const fastest = { level: 1 }

export function pack(events: readonly StoredEvent[]): Batch {
  const text = JSON.stringify(events)
  const hash = createHash('sha256').update(text).digest('base64url')
  return {
    id: `batch-${hash}-${events.length}`,
    data: { packed: deflateRawSync(text, fastest).toString('base64') },
  }
}

export const unpack = ({ packed }: BatchData): readonly StoredEvent[] =>
  JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString()) as StoredEvent[]

/** From a job's id, so that what waits can be counted without reading it. */
export const eventsIn = (jobId: string): number => Number(/-(\d+)$/.exec(jobId)?.[1] ?? 0)

/** A batch is tried until it is joined: one that failed for good would be acknowledged and joined by nobody. */
const untilJoined: JobsOptions = {
  removeOnComplete: true,
  attempts: 1_000_000_000,
  backoff: { type: 'fixed', delay: 5_000, jitter: 0.5 },
}

export async function addBatch(queue: Queue<BatchData>, { id, data }: Batch): Promise<void> {
  await queue.add('join', data, { jobId: id, ...untilJoined })
}
