/**
 * A worker in a process of its own, as `ringleader work` is, that does nothing with what it is given.
 * `queue-worker.ts batches URL PREFIX` takes our batches, `queue-worker.ts singles URL QUEUE N` takes jobs of BullMQ,
 * N at once.
 */
import { Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { openQueues } from '../../src/queue/bullmq/open.ts'
import { benchQueueOptions } from './queue-options.ts'

const [kind, url = '', name = '', jobsAtOnce = '1'] = process.argv.slice(2)
if (kind === 'batches') {
  const queues = await openQueues(benchQueueOptions(url, name), { clock: Date.now, complain: () => {} })
  await queues.join({ record: async () => {}, joined: () => {} })
} else {
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  const worker = new Worker(name, async () => {}, { connection, concurrency: Number(jobsAtOnce) })
  await worker.waitUntilReady()
}
console.log('ready')
