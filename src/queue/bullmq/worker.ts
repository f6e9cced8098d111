/** A BullMQ worker that ends in time, hands back what it cannot end, and rests while Redis refuses. */
import { setTimeout as wait } from 'node:timers/promises'
import { type Job, WaitingError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Complain } from './connection.ts'
import { crashSettings } from './queues.ts'

export interface WorkOptions<Data> {
  readonly queue: string
  /** Of its own, made for workers. */
  readonly connection: Redis
  readonly prefix: string
  /** Jobs at once. */
  readonly concurrency: number
  /** Works on a job; may give up with any failure when `stopping` is aborted, and the job goes to another worker. */
  readonly process: (job: Job<Data>, stopping: AbortSignal) => Promise<void>
  readonly complain: Complain
  /** How long `close` waits for what runs. */
  readonly closeWithinMs: number
}

export interface StoppableWorker {
  /** Takes nothing more and waits for what runs; what takes too long is handed to another worker. */
  close(): Promise<void>
}

/** Handing back takes two answers of a Redis that may be away. */
const handBackMs = 1_000
/** A Redis that is full or only reads fails each of thousands of tries a second. */
const restMs = 1_000

class LeavableWorker<Data> extends Worker<Data> {
  /** What BullMQ's `close` does at its end, which it never reaches while Redis is silent: a timer would live on. */
  leave(): void {
    void this.lockManager.close()
  }
}

export function startWorker<Data>(options: WorkOptions<Data>): StoppableWorker {
  const { queue, process, complain, closeWithinMs, ...settings } = options
  const stopping = new AbortController()
  /** What runs, each to be left when it takes too long. */
  const leaves = new Set<() => void>()

  async function work(job: Job<Data>, token?: string): Promise<void> {
    const { promise: isLeft, resolve } = Promise.withResolvers<void>()
    leaves.add(resolve)
    let isDone = false
    const done = process(job, stopping.signal).then(
      () => {
        isDone = true
      },
      (error: unknown) => {
        if (!stopping.signal.aborted) throw error
      },
    )
    try {
      await Promise.race([done, isLeft])
    } finally {
      leaves.delete(resolve)
    }
    if (isDone) return
    await job.moveToWait(token)
    throw new WaitingError()
  }

  const worker = new LeavableWorker<Data>(queue, work, { ...settings, ...crashSettings })
  worker.on('failed', (job, error) => complain(`${queue} ${job?.name ?? ''}`, error))
  worker.on('error', (error) => {
    complain(`${queue} worker`, error)
    if (error.name === 'ReplyError') rest()
  })

  /** BullMQ tries again at once, which is a busy loop until Redis takes writes again. */
  function rest(): void {
    if (worker.isPaused() || stopping.signal.aborted) return
    void worker.pause(true)
    setTimeout(() => void (stopping.signal.aborted || worker.resume()), restMs).unref()
  }

  async function end(): Promise<void> {
    stopping.abort()
    // It has no limit of its own, and closing by force afterwards waits for the same.
    const closed = worker.close()
    await Promise.race([closed, wait(closeWithinMs, undefined, { ref: false })])
    for (const leave of leaves) leave()
    await Promise.race([closed, wait(handBackMs, undefined, { ref: false })])
    worker.leave()
  }

  let ended: Promise<void> | undefined
  return { close: () => (ended ??= end()) }
}
