/** Queues under a prefix of their own on the tests' Redis. */
import { randomUUID } from 'node:crypto'
import { openQueues, type Queues, type QueuesOptions } from '../../../src/queue/bullmq/open.ts'
import { testRedis } from './servers.ts'

export const queuesOptions = async (more: Partial<QueuesOptions> = {}): Promise<QueuesOptions> => ({
  ...(await testRedis()),
  prefix: `test-${randomUUID()}`,
  accepts: 'always',
  waitingEventsMax: 2_000_000,
  ...more,
})

export interface TestQueues extends Queues {
  readonly complaints: readonly string[]
}

export async function openTestQueues(
  options?: QueuesOptions,
  clock: () => number = Date.now,
): Promise<TestQueues> {
  const complaints: string[] = []
  const queues = await openQueues(options ?? (await queuesOptions()), {
    clock,
    retryMs: 50,
    complain: (kind, error) => complaints.push(`${kind}: ${error.message}`),
  })
  return { ...queues, complaints }
}
