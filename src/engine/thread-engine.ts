/** Detection in a worker thread: it computes for seconds, and requests must not wait for it. */
import type { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode } from '../../graph/errors.ts'
import type { ForetellOrder, Foretold } from '../../graph/foretold.ts'
import type { LocalModels } from '../../graph/own-models.ts'
import type { DetectionEngine, DetectOptions } from '../../graph/ports.ts'
import type { Publication } from '../../graph/ring.ts'
import type { SelfCheck } from '../../graph/run-work.ts'
import type { Config } from '../config.ts'
import { beginDetectThread } from './detect-thread.ts'

export interface EngineOrder extends Pick<DetectOptions, 'asOf' | 'method'> {
  readonly task: 'detect' | 'retrain' | 'check' | 'foretell'
  readonly foretell?: ForetellOrder
}

type Result = Publication | LocalModels | SelfCheck | Foretold | undefined

/** Whoever asks what would be does not wait behind many who do. */
const questionsMax = 4

export type EngineMessage =
  | { readonly type: 'progress'; readonly step: string; readonly done: number; readonly of: number }
  | { readonly type: 'done'; readonly result: Result }
  | { readonly type: 'failed'; readonly code: ErrorCode | undefined; readonly message: string }

/**
 * One thread detects and remembers; whatever failed in it is forgotten with it. It keeps no process from ending while
 * nothing is asked of it.
 */
export function threadEngine(config: Config): DetectionEngine & AsyncDisposable {
  const detecting = detectingThread(config)
  let questions = 0
  return {
    async detect({ onProgress, ...options }) {
      return (await detecting.obey({ task: 'detect', ...options }, onProgress)) as Publication
    },
    async check({ onProgress }) {
      return (await detecting.obey({ task: 'check' }, onProgress)) as SelfCheck | undefined
    },
    async foretell(foretell) {
      if (questions >= questionsMax) return undefined
      questions += 1
      try {
        return (await detecting.answer({ task: 'foretell', foretell })) as Foretold | undefined
      } finally {
        questions -= 1
      }
    },
    async retrain({ onProgress }) {
      const worker = beginDetectThread(config)
      try {
        return (await ask(worker, { task: 'retrain' }, onProgress)) as LocalModels
      } finally {
        await worker.terminate()
      }
    },
    [Symbol.asyncDispose]: () => detecting[Symbol.asyncDispose](),
  }
}

function detectingThread(config: Config) {
  let thread: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()

  function begin(): Worker {
    const worker = beginDetectThread(config)
    worker.once('exit', () => {
      if (thread === worker) thread = undefined
    })
    return worker
  }

  async function obey(order: EngineOrder, onProgress: DetectOptions['onProgress']): Promise<Result> {
    const worker = (thread ??= begin())
    try {
      return await ask(worker, order, onProgress)
    } catch (error) {
      await worker.terminate()
      throw error
    }
  }

  /** One order after the other. */
  function inTurn(work: () => Promise<Result>): Promise<Result> {
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }

  return {
    obey: (order: EngineOrder, onProgress: DetectOptions['onProgress']) =>
      inTurn(() => obey(order, onProgress)),
    /** Of a thread that remembers something. Where it fails, what is remembered stays. */
    answer: (order: EngineOrder) => inTurn(async () => thread && (await ask(thread, order))),
    async [Symbol.asyncDispose]() {
      await thread?.terminate()
    },
  }
}

const ask = (
  worker: Worker,
  order: EngineOrder,
  onProgress: DetectOptions['onProgress'] = () => {},
): Promise<Result> =>
  new Promise((resolve, reject) => {
    const listen = (message: EngineMessage): void => {
      if (message.type === 'progress') return onProgress(message)
      leave()
      if (message.type === 'done') resolve(message.result)
      else reject(failure(message))
    }
    const fail = (error: Error): void => {
      leave()
      reject(error)
    }
    const end = (code: number): void => fail(new Error(`The detection thread ended early, with code ${code}`))
    const leave = (): void => {
      worker.off('message', listen).off('error', fail).off('exit', end)
      worker.unref()
    }
    worker.on('message', listen).on('error', fail).on('exit', end)
    worker.ref()
    worker.postMessage(order)
  })

const failure = ({ code, message }: { code: ErrorCode | undefined; message: string }): Error =>
  code === undefined ? new Error(message) : new AppError(code, message)
