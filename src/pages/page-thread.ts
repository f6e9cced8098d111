/** Pages made in a thread of their own, so that nobody who asks for risk waits for them. */
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../graph/errors.ts'
import type { Config } from '../config.ts'
import type { SnapshotHolder } from '../snapshot/holder.ts'
import { type Calls, callsTo } from '../threads/calls.ts'
import type { PageInput, PageName, PageView } from './pages.ts'
import { type TurnsOptions, turnsOf } from './turns.ts'

export interface Pages extends AsyncDisposable {
  /** Throws what reading the store throws, and `overloaded` when no turn comes in time. */
  make<Name extends PageName>(name: Name, input: PageInput<Name>): Promise<PageView<Name>>
}

/** A list takes milliseconds: a burst of them is over before anybody would ask again. */
const ownTurns: TurnsOptions = { placesMax: 32, waitersMax: 1_000, waitMaxMs: 2_000 }

const workerFile = new URL(`./page-worker${extname(import.meta.url)}`, import.meta.url)

/** The thread begins with the first page, and again with the next one after it died. */
export function pageThread(
  config: Config,
  snapshots: Pick<SnapshotHolder, 'current'>,
  options: Partial<TurnsOptions> = {},
): Pages {
  const turns = turnsOf({ ...ownTurns, ...options })
  let isOver = false
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

  function askOf(name: PageName, input: unknown): Promise<unknown> {
    if (isOver) return Promise.reject(ended())
    const { calls, told } = (thread ??= begin())
    const snapshot = snapshots.current()
    if (snapshot && snapshot.run.version !== told) {
      thread.told = snapshot.run.version
      const { publicNames, publicness } = snapshot.publicColumns
      // Parts of the snapshot, which stays here.
      const columns = { publicNames: publicNames.slice(), publicness: publicness.slice() }
      const parts = [columns.publicNames.buffer, columns.publicness.buffer] as ArrayBuffer[]
      void calls.ask('publicness', [columns], parts).catch(() => {})
    }
    return calls.ask(name, [input])
  }

  return {
    async make(name, input) {
      const giveBack = await turns.take()
      try {
        return (await askOf(name, input)) as PageView<typeof name>
      } finally {
        giveBack()
      }
    },
    async [Symbol.asyncDispose]() {
      isOver = true
      await thread?.worker.terminate()
    },
  }
}

const ended = (): Error =>
  new AppError('store_unavailable', 'The thread that makes pages ended: ask again, it begins anew')
