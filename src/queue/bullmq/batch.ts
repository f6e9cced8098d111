/** Events as one job's payload. */
import { randomUUID } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { StoredEvent } from '../../../graph/model.ts'

export interface BatchData {
  /** JSON of the events, deflated, base64: a fifth of the bytes that Redis must write, sync and hold. */
  readonly packed: string
}

const fastest = { level: 1 }

export const pack = (events: readonly StoredEvent[]): BatchData => ({
  packed: deflateRawSync(JSON.stringify(events), fastest).toString('base64'),
})

export const unpack = ({ packed }: BatchData): readonly StoredEvent[] =>
  JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString()) as StoredEvent[]

/** A job's id says how many events it holds, so that what waits can be counted without reading it. */
export const batchId = (events: number): string => `batch-${randomUUID()}-${events}`

export const eventsIn = (jobId: string): number => Number(/-(\d+)$/.exec(jobId)?.[1] ?? 0)
