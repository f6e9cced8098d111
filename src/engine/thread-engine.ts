/** Detection in a worker thread: it computes for seconds, and requests must not wait for it. */
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode } from '../../graph/errors.ts'
import type { LocalModels } from '../../graph/own-models.ts'
import type { DetectionEngine, DetectOptions } from '../../graph/ports.ts'
import type { Publication } from '../../graph/ring.ts'
import type { SelfCheck } from '../../graph/run-work.ts'
import type { Config } from '../config.ts'

export interface EngineOrder extends Pick<DetectOptions, 'asOf' | 'method'> {
  readonly task: 'detect' | 'retrain' | 'check'
}

type Result = Publication | LocalModels | SelfCheck | undefined

export type EngineMessage =
  | { readonly type: 'progress'; readonly step: string; readonly done: number; readonly of: number }
  | { readonly type: 'done'; readonly result: Result }
  | { readonly type: 'failed'; readonly code: ErrorCode | undefined; readonly message: string }

/** The compiled package has .js where the sources have .ts, and a worker's address is not rewritten. */
const workerFile = new URL(`./detect-worker${extname(import.meta.url)}`, import.meta.url)

/**
 * One thread detects and remembers; whatever failed in it is forgotten with it. It keeps no process from ending while
 * nothing is asked of it.
 */
export function threadEngine(config: Config): DetectionEngine & AsyncDisposable {
  let detecting: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()

  async function inDetecting(order: EngineOrder, onProgress: DetectOptions['onProgress']): Promise<Result> {
    detecting ??= new Worker(workerFile, { workerData: config })
    try {
      return await ask(detecting, order, onProgress)
    } catch (error) {
      await detecting.terminate()
      detecting = undefined
      throw error
    }
  }

  /** One order after the other. */
  function inTurn(order: EngineOrder, onProgress: DetectOptions['onProgress']): Promise<Result> {
    const turn = last.then(() => inDetecting(order, onProgress))
    last = turn.catch(() => {})
    return turn
  }

  return {
    async detect({ onProgress, ...options }) {
      return (await inTurn({ task: 'detect', ...options }, onProgress)) as Publication
    },
    async check({ onProgress }) {
      return (await inTurn({ task: 'check' }, onProgress)) as SelfCheck | undefined
    },
    async retrain({ onProgress }) {
      const worker = new Worker(workerFile, { workerData: config })
      try {
        return (await ask(worker, { task: 'retrain' }, onProgress)) as LocalModels
      } finally {
        await worker.terminate()
      }
    },
    async [Symbol.asyncDispose]() {
      await detecting?.terminate()
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
