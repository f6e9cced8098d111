import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { InProcessQueue } from '../../../src/queue/in-process.ts'
import { jobQueueContract } from '../../contract/job-queue.ts'

jobQueueContract('the in-process queue', async (run) => {
  const failures: string[] = []
  const onFailure = (job: string, error: unknown) => failures.push(`${job}: ${(error as Error).message}`)
  return { queue: new InProcessQueue({ run, onFailure, retryMs: 50 }), failures }
})

/** A queue whose runs end when the test says so. */
function heldQueue(options: { retryMs?: number; fails?: (run: number) => boolean } = {}) {
  const started: string[] = []
  const failures: string[] = []
  const ends: (() => void)[] = []
  let running = 0
  let most = 0
  const queue = new InProcessQueue({
    async run(job) {
      started.push(job)
      const number = started.length
      running += 1
      most = Math.max(most, running)
      await new Promise<void>((resolve) => ends.push(resolve))
      running -= 1
      if (options.fails?.(number)) throw new Error(`run ${number} failed`)
    },
    onFailure: (job, error) => failures.push(`${job}: ${(error as Error).message}`),
    ...(options.retryMs !== undefined && { retryMs: options.retryMs }),
  })
  return {
    queue,
    started,
    failures,
    most: () => most,
    /** Ends what runs, oldest first. */
    async end(): Promise<void> {
      ends.shift()?.()
      await wait(20)
    },
  }
}

test('a wish during a run waits as long as was wished, the soonest first', async () => {
  const { queue, started, end } = heldQueue()
  await queue.request('detect')
  await wait(20)

  await queue.request('detect', { afterMs: 60_000 })
  await queue.request('detect', { afterMs: 100 })
  await queue.request('detect', { afterMs: 60_000 })
  await end()
  const atOnce = started.length
  await wait(150)

  expect(atOnce).toBe(1)
  expect(started).toHaveLength(2)
  await end()
  await queue[Symbol.asyncDispose]()
})
