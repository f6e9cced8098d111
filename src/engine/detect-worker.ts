/** The thread that detects and retrains: reads the store beside its writer, and remembers what it found. */
import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '../../graph/errors.ts'
import { componentSolver } from '../../graph/kernel/partition.ts'
import { openReadingStore } from '../compose.ts'
import type { Config } from '../config.ts'
import { readPolicy } from '../policy.ts'
import { ringMemory } from './known-rings.ts'
import { makeLocalModels } from './make-local-models.ts'
import { makePublication } from './make-publication.ts'
import { giveWay } from './priority.ts'
import { residentDetection } from './resident.ts'
import { solverThreads } from './solver-threads.ts'
import type { EngineMessage, EngineOrder } from './thread-engine.ts'

giveWay()
const config = workerData as Config
const resident = residentDetection()
const rings = ringMemory()
const helpers = solverThreads(config.detectThreads)
const solve = componentSolver({ ...(helpers && { helpers }) })
const post = (message: EngineMessage): void => parentPort?.postMessage(message)

async function obey({ task, asOf, method, foretell }: EngineOrder): Promise<void> {
  await using store = await openReadingStore(config)
  const { registry, name } = readPolicy(config.policyFile)
  const options = {
    kindOf: (kind: string) => registry.get(kind),
    clock: Date.now,
    onProgress: (progress: { step: string; done: number; of: number }) =>
      post({ type: 'progress', ...progress }),
  }
  if (task === 'retrain') return post({ type: 'done', result: await makeLocalModels(store, options) })
  if (task === 'foretell')
    return post({ type: 'done', result: foretell && (await resident.foretell(store, foretell)) })
  if (task === 'check')
    return post({ type: 'done', result: await resident.check(store, { ...options, solve }) })
  const result = await makePublication(store, {
    ...options,
    resident,
    ringMemory: rings,
    solve,
    policy: name,
    ...(asOf !== undefined && { asOf }),
    ...(method !== undefined && { method }),
  })
  // Handed over, not copied: it is as large as all ids together.
  parentPort?.postMessage({ type: 'done', result } satisfies EngineMessage, [
    result.snapshot.buffer as ArrayBuffer,
  ])
}

parentPort?.on('message', (order: EngineOrder) => {
  obey(order).catch((error: unknown) => {
    const code = error instanceof AppError ? error.code : undefined
    post({ type: 'failed', code, message: error instanceof Error ? error.message : 'unknown' })
  })
})
