/** Pages made in a thread of their own, so that nobody who asks for risk waits for them. */
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../graph/errors.ts'
import type { Config } from '../config.ts'
import type { SnapshotHolder } from '../snapshot/holder.ts'
import { type Calls, callsTo } from '../threads/calls.ts'
import type { PageInput, PageName, PageView } from './pages.ts'

export interface Pages extends AsyncDisposable {
  /** Throws what reading the store throws, and `overloaded` when too many wait. */
  make<Name extends PageName>(name: Name, input: PageInput<Name>): Promise<PageView<Name>>
}

const waitingMax = 32

const workerFile = new URL(`./page-worker${extname(import.meta.url)}`, import.meta.url)

/** The thread begins with the first page, and again with the next one after it died. */
export function pageThread(config: Config, snapshots: Pick<SnapshotHolder, 'current'>): Pages {
  let thread: { readonly worker: Worker; readonly calls: Calls; told: number } | undefined

  function begin() {
    const worker = new Worker(workerFile, { workerData: config })
    // The server keeps the process going, and whoever waits for a page is connected to it.
    worker.unref()
    const begun = { worker, calls: callsTo(worker, ended), told: 0 }
    worker.once('exit', () => {
      if (thread === begun) thread = undefined
    })
    return begun
  }

  return {
    async make(name, input) {
      const { calls, told } = (thread ??= begin())
      if (calls.waiting() >= waitingMax)
        throw new AppError('overloaded', 'As many pages are being made as may wait: ask again later')
      const snapshot = snapshots.current()
      if (snapshot && snapshot.run.version !== told) {
        thread.told = snapshot.run.version
        const { publicNames, publicness } = snapshot.publicColumns
        // Parts of the snapshot, which stays here.
        const columns = { publicNames: publicNames.slice(), publicness: publicness.slice() }
        const parts = [columns.publicNames.buffer, columns.publicness.buffer] as ArrayBuffer[]
        void calls.ask('publicness', [columns], parts).catch(() => {})
      }
      return (await calls.ask(name, [input])) as PageView<typeof name>
    },
    async [Symbol.asyncDispose]() {
      await thread?.worker.terminate()
    },
  }
}

const ended = (): Error =>
  new AppError('store_unavailable', 'The thread that makes pages ended: ask again, it begins anew')
