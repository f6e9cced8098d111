/** Detection in a worker thread: it computes for seconds, and requests must not wait for it. */
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode } from '../../graph/errors.ts'
import type { DetectionEngine, DetectOptions } from '../../graph/ports.ts'
import type { Publication } from '../../graph/ring.ts'
import type { Config } from '../config.ts'

export interface DetectOrder {
  readonly config: Config
  readonly asOf: number | undefined
  readonly method: DetectOptions['method'] | undefined
}

export type DetectMessage =
  | { readonly type: 'progress'; readonly step: string; readonly done: number; readonly of: number }
  | { readonly type: 'done'; readonly publication: Publication }
  | { readonly type: 'failed'; readonly code: ErrorCode | undefined; readonly message: string }

/** The compiled package has .js where the sources have .ts, and a worker's address is not rewritten. */
const workerFile = new URL(`./detect-worker${extname(import.meta.url)}`, import.meta.url)

export const threadEngine = (config: Config): DetectionEngine => ({
  detect: ({ asOf, method, onProgress = () => {} }) =>
    new Promise((resolve, reject) => {
      const order: DetectOrder = { config, asOf, method }
      const worker = new Worker(workerFile, { workerData: order })
      worker.on('message', (message: DetectMessage) => {
        if (message.type === 'progress') onProgress(message)
        else if (message.type === 'done') resolve(message.publication)
        else reject(failure(message))
      })
      worker.on('error', reject)
      worker.on('exit', (code) => reject(new Error(`The detection thread ended early, with code ${code}`)))
    }),
})

const failure = ({ code, message }: { code: ErrorCode | undefined; message: string }): Error =>
  code === undefined ? new Error(message) : new AppError(code, message)
