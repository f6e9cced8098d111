import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { InProcessQueue } from '../../src/queue/in-process.ts'

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

test('requests before a run make one run', async () => {
  const { queue, started, end } = heldQueue()

  for (let i = 0; i < 5; i++) await queue.request('detect')
  await wait(20)
  await end()

  expect(started).toEqual(['detect'])
  await queue[Symbol.asyncDispose]()
})

test('requests during a run make one more run, never two at a time', async () => {
  const { queue, started, most, end } = heldQueue()
  await queue.request('detect')
  await wait(20)

  for (let i = 0; i < 5; i++) await queue.request('detect')
  await end()
  await end()
  await end()

  expect(started).toEqual(['detect', 'detect'])
  expect(most()).toBe(1)
  await queue[Symbol.asyncDispose]()
})

test('jobs of other names do not wait for each other', async () => {
  const { queue, started, most, end } = heldQueue()

  await queue.request('detect')
  await queue.request('record')
  await wait(20)

  expect(started.toSorted()).toEqual(['detect', 'record'])
  expect(most()).toBe(2)
  await end()
  await end()
  await queue[Symbol.asyncDispose]()
})

test('the soonest of several wishes counts', async () => {
  const { queue, started, end } = heldQueue()

  await queue.request('detect', { afterMs: 60_000 })
  await queue.request('detect', { afterMs: 10 })
  await queue.request('detect', { afterMs: 60_000 })
  await wait(60)

  expect(started).toEqual(['detect'])
  await end()
  await queue[Symbol.asyncDispose]()
})

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

test('a job that failed is told and tried again', async () => {
  const { queue, started, failures, end } = heldQueue({ retryMs: 5, fails: (run) => run === 1 })
  await queue.request('record')
  await wait(20)

  await end()
  await end()
  await wait(30)

  expect(failures).toEqual(['record: run 1 failed'])
  expect(started).toEqual(['record', 'record'])
  await queue[Symbol.asyncDispose]()
})

test('it is idle when nothing runs and nothing is due', async () => {
  const { queue, started, end } = heldQueue()
  let isIdle = false
  await queue.request('record', { afterMs: 10 })

  const idle = queue.idle().then(() => {
    isIdle = true
  })
  await wait(50)
  const early = isIdle
  await end()
  await idle

  expect(early).toBe(false)
  expect(started).toEqual(['record'])
  await queue[Symbol.asyncDispose]()
})

test('closing waits for what runs, and starts nothing more', async () => {
  const { queue, started, end } = heldQueue({ retryMs: 1, fails: () => true })
  await queue.request('detect')
  await queue.request('record', { afterMs: 30 })
  await wait(10)
  await queue.request('detect')
  let isClosed = false

  const closing = queue[Symbol.asyncDispose]().then(() => {
    isClosed = true
  })
  await wait(60)
  const early = isClosed
  await queue.request('record')
  await end()
  await closing
  await wait(30)

  expect(early).toBe(false)
  expect(started).toEqual(['detect'])
})
