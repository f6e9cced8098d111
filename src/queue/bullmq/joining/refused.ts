/** Events that the store refused for what they are: kept in Redis until somebody has mended what refused them. */
import type { Queue } from 'bullmq'
import type { StoredEvent } from '../../../../graph/model.ts'
import { addBatch, type BatchData, pack, unpack } from '../intake/batch.ts'

export async function keepRefused(queue: Queue<BatchData>, event: StoredEvent, error: Error): Promise<void> {
  const { id, data } = pack([event])
  // The reason may name values; its kind does not.
  await queue.add(error.name, data, { jobId: id })
}

const pageSize = 100

/** Everything that was set aside is tried once more, as after an upgrade; how many jobs that is. */
export async function takeUpAgain(ingest: Queue<BatchData>, refused: Queue<BatchData>): Promise<number> {
  const failed = await ingest.getJobCountByTypes('failed')
  if (failed > 0) await ingest.retryJobs({ state: 'failed' })
  let again = failed
  for (let jobs = await page(refused); jobs.length > 0; jobs = await page(refused)) {
    for (const job of jobs) {
      await addBatch(ingest, pack(unpack(job.data)))
      await job.remove()
    }
    again += jobs.length
  }
  return again
}

const page = (queue: Queue<BatchData>) => queue.getJobs(['wait'], 0, pageSize - 1, true)
