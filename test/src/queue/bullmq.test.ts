/** The production queue on a real Redis. */
import { jobQueueContract } from '../../contract/job-queue.ts'
import { openTestQueues } from '../../support/stores/queues.ts'
import { describeOn } from '../../support/stores/servers.ts'

describeOn(['redis'], 'BullMQ', () => {
  jobQueueContract('the production queue', async (run) => {
    const queues = await openTestQueues()
    queues.work(run)
    return {
      failures: queues.complaints,
      queue: {
        request: queues.jobs.request,
        schedule: queues.jobs.schedule,
        idle: queues.jobs.idle,
        [Symbol.asyncDispose]: () => queues[Symbol.asyncDispose](),
      },
    }
  })
})
