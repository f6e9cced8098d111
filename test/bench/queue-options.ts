/** How the bench opens our queues, in whichever process. */
import type { QueuesOptions } from '../../src/queue/bullmq/open.ts'

export const benchQueueOptions = (url: string, prefix: string): QueuesOptions => ({
  url,
  prefix,
  accepts: 'always',
  waitingEventsMax: 5_000_000,
})
