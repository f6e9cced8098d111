/** Events as one job's payload. */
import { createHash } from 'node:crypto'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { JobsOptions, Queue } from 'bullmq'
import type { StoredEvent } from '../../../../graph/model.ts'

export interface BatchData {
  /** JSON of the events, zstd, base64: a seventh of the bytes that Redis must write, sync and hold. */
  readonly packed: string
  /** Of the requests that brought the events, as far as there is room. */
  readonly traceIds?: readonly string[]
}

export interface Batch {
  /** Of the content, so that adding a batch again while it is there adds nothing; ends with how many events it holds. */
  readonly id: string
  readonly data: BatchData
}

const traceIdsMax = 20

const fastest = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

export function pack(events: readonly StoredEvent[], traceIds: readonly string[] = []): Batch {
  const bytes = zstdCompressSync(JSON.stringify(events), fastest)
  // Equal events give equal bytes, of which there are far fewer.
  const hash = createHash('sha256').update(bytes).digest('base64url')
  const told = traceIds.length > 0 && { traceIds: traceIds.slice(0, traceIdsMax) }
  return { id: `batch-${hash}-${events.length}`, data: { packed: bytes.toString('base64'), ...told } }
}

export const unpack = ({ packed }: Pick<BatchData, 'packed'>): readonly StoredEvent[] =>
  JSON.parse(zstdDecompressSync(Buffer.from(packed, 'base64')).toString()) as StoredEvent[]

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
