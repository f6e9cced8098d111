/** A thread of the board: takes one world after the other. */
import { parentPort } from 'node:worker_threads'
import { type BoardOrder, runWorld } from './run-world.ts'

parentPort?.on('message', (order: BoardOrder) => {
  void runWorld(order).then(
    (run) => parentPort?.postMessage({ run }),
    (error: unknown) =>
      parentPort?.postMessage({ failure: error instanceof Error ? error.message : 'unknown' }),
  )
})
