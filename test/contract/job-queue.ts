/** What every JobQueue promises: one run of a name at a time, over all processes that share the queue. */
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import type { JobQueue } from '../../graph/ports.ts'
import { eventually } from '../support/processes/server.ts'

export interface QueueUnderTest {
  readonly queue: JobQueue
  /** What was told of runs that failed. */
  readonly failures: readonly string[]
}

/** A queue of its own whose jobs are `run`, and which tries a failed one again after about 50 ms. */
export type OpenQueue = (run: (job: string) => Promise<void>) => Promise<QueueUnderTest>

/** A queue whose runs end when the test says so. */
async function held(open: OpenQueue, fails: (run: number) => boolean = () => false) {
  const started: string[] = []
  const ends: (() => void)[] = []
  let running = 0
  let most = 0
  let ended = 0
  const { queue, failures } = await open(async (job) => {
    started.push(job)
    const number = started.length
    running += 1
    most = Math.max(most, running)
    await new Promise<void>((resolve) => ends.push(resolve))
    running -= 1
    ended += 1
    if (fails(number)) throw new Error(`run ${number} failed`)
  })
  const begun = (runs: number) =>
    eventually(
      async () => started.length,
      (length) => length >= runs,
    )
  return {
    queue,
    started,
    failures,
    begun,
    most: () => most,
    ended: () => ended,
    /** Ends what runs, oldest first. */
    end: () => ends.shift()?.(),
    async [Symbol.asyncDispose]() {
      for (const end of ends.splice(0)) end()
      await queue[Symbol.asyncDispose]()
    },
  }
}

/** Long enough that a run which must not come would have come. */
const settleMs = 300

export function jobQueueContract(name: string, open: OpenQueue): void {
  describe(`${name} as a JobQueue`, () => {
    test('requests before a run make one run', async () => {
      await using jobs = await held(open)

      for (let i = 0; i < 5; i++) await jobs.queue.request('detect', { afterMs: 400 })
      await jobs.begun(1)
      jobs.end()
      await wait(settleMs)

      expect(jobs.started).toEqual(['detect'])
    })

    test('requests during a run make one more run, never two at a time', async () => {
      await using jobs = await held(open)
      await jobs.queue.request('detect')
      await jobs.begun(1)

      for (let i = 0; i < 5; i++) await jobs.queue.request('detect')
      await wait(settleMs)
      const meanwhile = jobs.started.length
      jobs.end()
      await jobs.begun(2)
      jobs.end()
      await wait(settleMs)

      expect(meanwhile).toBe(1)
      expect(jobs.started).toEqual(['detect', 'detect'])
      expect(jobs.most()).toBe(1)
    })

    test('a request during a run that wishes to wait is waited for', async () => {
      await using jobs = await held(open)
      await jobs.queue.request('detect')
      await jobs.begun(1)

      await jobs.queue.request('detect', { afterMs: 800 })
      jobs.end()
      await wait(settleMs)
      const early = jobs.started.length
      await jobs.begun(2)

      expect(early).toBe(1)
      expect(jobs.started).toEqual(['detect', 'detect'])
    })

    test('of requests during a run the soonest counts, whichever came last', async () => {
      await using jobs = await held(open)
      await jobs.queue.request('detect')
      await jobs.begun(1)

      await jobs.queue.request('detect', { afterMs: 60_000 })
      await jobs.queue.request('detect', { afterMs: 50 })
      await jobs.queue.request('detect', { afterMs: 60_000 })
      jobs.end()
      await jobs.begun(2)

      expect(jobs.started).toEqual(['detect', 'detect'])
    })

    test('jobs of other names do not wait for each other', async () => {
      await using jobs = await held(open)

      await jobs.queue.request('detect')
      await jobs.queue.request('record')
      await jobs.begun(2)

      expect(jobs.started.toSorted()).toEqual(['detect', 'record'])
      expect(jobs.most()).toBe(2)
    })

    test('of requests that wait the soonest counts', async () => {
      await using jobs = await held(open)

      await jobs.queue.request('detect', { afterMs: 60_000 })
      await jobs.queue.request('detect', { afterMs: 10 })
      await jobs.queue.request('detect', { afterMs: 60_000 })
      await jobs.begun(1)

      expect(jobs.started).toEqual(['detect'])
    })

    test('a job that failed is told and tried again', async () => {
      await using jobs = await held(open, (run) => run === 1)
      await jobs.queue.request('record')
      await jobs.begun(1)

      jobs.end()
      await jobs.begun(2)
      jobs.end()
      await wait(settleMs)

      expect(jobs.failures).toEqual([expect.stringContaining('run 1 failed')])
      expect(jobs.started).toEqual(['record', 'record'])
    })

    test('what is scheduled runs again and again, and never twice at a time', async () => {
      await using jobs = await held(open)

      await jobs.queue.schedule('expire', 100)
      await jobs.begun(1)
      await wait(settleMs)
      const meanwhile = jobs.started.length
      jobs.end()
      await jobs.begun(2)

      expect(meanwhile).toBe(1)
      expect(jobs.most()).toBe(1)
    })

    test('it is idle when nothing runs and nothing was requested, whatever is scheduled', async () => {
      await using jobs = await held(open)
      let isIdle = false
      await jobs.queue.schedule('expire', 60_000)
      await jobs.queue.request('record', { afterMs: 50 })

      const idle = jobs.queue.idle().then(() => {
        isIdle = true
      })
      await jobs.begun(1)
      const early = isIdle
      jobs.end()
      await idle

      expect(early).toBe(false)
      expect(jobs.started).not.toContain('expire')
    })

    test('closing waits for what runs, and starts nothing more', async () => {
      const jobs = await held(open)
      await jobs.queue.request('detect')
      await jobs.begun(1)
      await jobs.queue.request('record', { afterMs: 400 })

      const closing = jobs.queue[Symbol.asyncDispose]()
      await wait(100)
      const early = jobs.ended()
      jobs.end()
      await closing
      await wait(500)

      expect(early).toBe(0)
      expect(jobs.ended()).toBe(1)
      expect(jobs.started).toEqual(['detect'])
    })
  })
}
