/** Folds what stands in the log in a thread of its own, so that whoever writes only writes. */
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { callsTo } from '../../../threads/calls.ts'
import type { Folder } from './fold.ts'
import type { FoldedPart } from './part.ts'

const workerFile = new URL(`./fold-worker${extname(import.meta.url)}`, import.meta.url)

/** Parts that the thread makes ahead of the one that is written. */
const aheadMax = 4

/** Reads what is committed: the writer's open transaction is not seen. */
export function folderThread(dataDir: string): Folder {
  const worker = new Worker(workerFile, { workerData: dataDir })
  const { ask } = callsTo(worker, () => new Error('The thread that folds events ended'))
  return {
    async *folded(part) {
      await ask('begin', [part])
      const ahead = () => {
        const next = ask('next', []) as Promise<FoldedPart | undefined>
        // A failure is thrown when its turn comes.
        next.catch(() => {})
        return next
      }
      const coming = Array.from({ length: aheadMax }, ahead)
      for (let next = await coming.shift(); next; next = await coming.shift()) {
        coming.push(ahead())
        yield next
      }
    },
    [Symbol.asyncDispose]: async () => void (await worker.terminate()),
  }
}
