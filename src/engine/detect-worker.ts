/** The thread that detects: reads the store beside its writer and posts what to publish. */
import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '../../graph/errors.ts'
import { openReadingStore } from '../compose.ts'
import { readPolicy } from '../policy.ts'
import { makePublication } from './make-publication.ts'
import type { DetectMessage, DetectOrder } from './thread-engine.ts'

const post = (message: DetectMessage): void => parentPort?.postMessage(message)

async function detect({ config, asOf, method }: DetectOrder): Promise<void> {
  await using store = await openReadingStore(config)
  const { registry, name } = readPolicy(config.policyFile)
  const publication = await makePublication(store, {
    kindOf: (kind) => registry.get(kind),
    policy: name,
    clock: Date.now,
    onProgress: (progress) => post({ type: 'progress', ...progress }),
    ...(asOf !== undefined && { asOf }),
    ...(method !== undefined && { method }),
  })
  post({ type: 'done', publication })
}

try {
  await detect(workerData as DetectOrder)
} catch (error) {
  const code = error instanceof AppError ? error.code : undefined
  post({ type: 'failed', code, message: error instanceof Error ? error.message : 'unknown' })
}
