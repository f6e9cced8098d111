/** Threads that solve components beside the thread that detects. None is started before there is something to do. */
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Helpers } from '../../graph/kernel/partition.ts'

/** The compiled package has .js where the sources have .ts, and a worker's address is not rewritten. */
const workerFile = new URL(`./solve-worker${extname(import.meta.url)}`, import.meta.url)

/** `undefined` where the caller is the only one. They keep no process from ending. */
export function solverThreads(threads: number): (Helpers & AsyncDisposable) | undefined {
  if (threads < 2) return undefined
  const workers = new Set<Worker>()

  function start(): void {
    const worker = new Worker(workerFile)
    workers.add(worker)
    // One that ended is replaced the next time; what it had taken, the caller solves.
    worker.on('error', () => workers.delete(worker)).on('exit', () => workers.delete(worker))
    worker.unref()
  }

  return {
    threads: threads - 1,
    show(board) {
      while (workers.size < threads - 1) start()
      for (const worker of workers) worker.postMessage(board)
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...workers].map((worker) => worker.terminate()))
    },
  }
}
