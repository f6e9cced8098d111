/**
 * What would be, asked by processes that serve of those that detect: of these only the one that found what is published
 * knows. Nobody waits for an answer that comes late, and none is kept.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Job, Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { ForetellOrder, Foretold } from '../../../graph/foretold.ts'
import type { Complain } from './connection.ts'
import { foretellQueue, type Question } from './queues.ts'
import { type StoppableWorker, startWorker } from './worker.ts'

export type Foretell = (order: ForetellOrder) => Promise<Foretold | undefined>

export interface ForetellingOptions {
  readonly redis: Redis
  readonly queue: Queue<Question>
  readonly prefix: string
}

const pollMs = 25
/** Until another process takes a question that one could not answer. */
const againAfterMs = 100
const questionsAtOnce = 4

const answerKey = (prefix: string, { id }: Pick<Question, 'id'>): string => `${prefix}:foretold:${id}`

const jobOptions = { removeOnComplete: true, removeOnFail: true }

/** `undefined` where nobody answers within `withinMs`. */
export function askForetold({ redis, queue, prefix }: ForetellingOptions, withinMs: number): Foretell {
  return async (order) => {
    const question: Question = { id: randomUUID(), order, until: Date.now() + withinMs }
    await queue.add('foretell', question, jobOptions)
    while (Date.now() < question.until) {
      const answer = await redis.getdel(answerKey(prefix, question))
      if (answer !== null) return JSON.parse(answer) as Foretold
      await wait(pollMs)
    }
    return undefined
  }
}

export interface AnsweringOptions extends ForetellingOptions {
  /** Of its own, made for workers. */
  readonly connection: Redis
  readonly foretell: Foretell
  readonly complain: Complain
  readonly closeWithinMs: number
}

export function answerForetold({
  redis,
  queue,
  prefix,
  foretell,
  ...settings
}: AnsweringOptions): StoppableWorker {
  const process = async ({ data }: Pick<Job<Question>, 'data'>): Promise<void> => {
    const leftMs = (): number => data.until - Date.now()
    if (leftMs() <= 0) return
    const found = await foretell(data.order)
    if (leftMs() <= 0) return
    if (found)
      await redis.set(answerKey(prefix, data), JSON.stringify(found), 'PX', Math.ceil(leftMs()) + 1_000)
    else await queue.add('foretell', data, { ...jobOptions, delay: againAfterMs })
  }
  return startWorker<Question>({
    ...settings,
    prefix,
    queue: foretellQueue,
    concurrency: questionsAtOnce,
    process,
  })
}
