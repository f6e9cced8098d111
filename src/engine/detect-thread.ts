/** Begins a thread that detects or retrains, with the memory it may need. */
import { totalmem } from 'node:os'
import { extname } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { Config } from '../config.ts'

/** The compiled package has .js where the sources have .ts, and a worker's address is not rewritten. */
const workerFile = new URL(`./detect-worker${extname(import.meta.url)}`, import.meta.url)

export function beginDetectThread(config: Config): Worker {
  collectByGrowth()
  return new Worker(workerFile, {
    workerData: config,
    resourceLimits: { maxOldGenerationSizeMb: heapMiBMost() },
  })
}

/**
 * For all threads of this process: garbage is looked for once heap and columns together have grown by three fifths. V8
 * on its own looks after every few tens of megabytes of columns, and marks all ids there are each time: decision 30.
 */
export function collectByGrowth(): void {
  setFlagsFromString('--external-memory-accounted-in-global-limit')
  setFlagsFromString('--heap-growing-percent=60')
}

/** Of what the machine, or the container, has: Node's own limit of some four gigabytes ends with one to two million accounts. */
const heapPart = 3 / 4

export function heapMiBMost(): number {
  const constrained = process.constrainedMemory()
  const bytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()
  return Math.floor((bytes * heapPart) / 2 ** 20)
}
