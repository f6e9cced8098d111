/** Worlds are run in threads, as many at once as there are to be. */
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { WorldRun } from '../../../range/board/board.ts'
import type { BoardOrder } from './run-world.ts'

/** The compiled package has .js where the sources have .ts, and a worker's address is not rewritten. */
const workerFile = new URL(`./board-worker${extname(import.meta.url)}`, import.meta.url)

export interface ThreadOptions {
  readonly threads: number
  readonly onRun: (run: WorldRun) => void
}

/** In order of the orders. The first failure ends all. */
export async function runInThreads(
  orders: readonly BoardOrder[],
  { threads, onRun }: ThreadOptions,
): Promise<readonly WorldRun[]> {
  const runs: WorldRun[] = []
  let next = 0
  const workers = Array.from({ length: Math.min(threads, orders.length) }, () => new Worker(workerFile))
  const work = async (worker: Worker): Promise<void> => {
    for (let at = next++; at < orders.length; at = next++) {
      const order = orders[at]
      if (!order) return
      const run = await runOn(worker, order)
      runs[at] = run
      onRun(run)
    }
  }
  try {
    await Promise.all(workers.map(work))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return runs
}

type Answer = { readonly run: WorldRun } | { readonly failure: string }

function runOn(worker: Worker, order: BoardOrder): Promise<WorldRun> {
  return new Promise((resolve, reject) => {
    const ended = (code: number): void =>
      reject(new Error(`A thread of the board ended early, with code ${code}`))
    worker.once('error', reject)
    worker.once('exit', ended)
    worker.once('message', (answer: Answer) => {
      worker.off('error', reject)
      worker.off('exit', ended)
      if ('run' in answer) resolve(answer.run)
      else reject(new Error(`${order.world}, seed ${order.seed}: ${answer.failure}`))
    })
    worker.postMessage(order)
  })
}
