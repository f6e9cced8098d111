/** Detection in a worker thread: it computes for seconds, and requests must not wait for it. */
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode } from '../../graph/errors.ts'
import type { DetectionEngine, DetectOptions, LocalModels } from '../../graph/ports.ts'
import type { Publication } from '../../graph/ring.ts'
import type { Config } from '../config.ts'

export interface EngineOrder extends Pick<DetectOptions, 'asOf' | 'method'> {
  readonly task: 'detect' | 'retrain'
  readonly config: Config
}

export type EngineMessage =
  | { readonly type: 'progress'; readonly step: string; readonly done: number; readonly of: number }
  | { readonly type: 'done'; readonly result: Publication | LocalModels }
  | { readonly type: 'failed'; readonly code: ErrorCode | undefined; readonly message: string }

/** The compiled package has .js where the sources have .ts, and a worker's address is not rewritten. */
const workerFile = new URL(`./detect-worker${extname(import.meta.url)}`, import.meta.url)

export const threadEngine = (config: Config): DetectionEngine => ({
  async detect({ onProgress, ...options }) {
    return (await inThread({ task: 'detect', config, ...options }, onProgress)) as Publication
  },
  async retrain({ onProgress }) {
    return (await inThread({ task: 'retrain', config }, onProgress)) as LocalModels
  },
})

const inThread = (
  order: EngineOrder,
  onProgress: DetectOptions['onProgress'] = () => {},
): Promise<Publication | LocalModels> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, { workerData: order })
    worker.on('message', (message: EngineMessage) => {
      if (message.type === 'progress') onProgress(message)
      else if (message.type === 'done') resolve(message.result)
      else reject(failure(message))
    })
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`The detection thread ended early, with code ${code}`)))
  })

const failure = ({ code, message }: { code: ErrorCode | undefined; message: string }): Error =>
  code === undefined ? new Error(message) : new AppError(code, message)
