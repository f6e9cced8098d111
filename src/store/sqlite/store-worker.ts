/** A thread that holds one side of the embedded store and answers calls one message at a time. */
import { parentPort, workerData } from 'node:worker_threads'
import { answerCalls, type Call } from '../../threads/calls.ts'
import { openEmbeddedReader, openEmbeddedStore } from './store.ts'
import type { ThreadOrder } from './threaded.ts'

const order = workerData as ThreadOrder

/** Whatever was opened, by the names of its methods; the caller's side is typed (threaded.ts). */
type Methods = Readonly<Record<string | symbol, ((...args: readonly unknown[]) => unknown) | undefined>>
let store: Methods | undefined

function open(): void {
  const opened = order.role === 'writer' ? openEmbeddedStore(order) : openEmbeddedReader(order.dataDir)
  store = opened as unknown as Methods
}

async function answer({ method, args }: Call): Promise<unknown> {
  if (method === 'open') return open()
  if (method === 'close') return store?.[Symbol.asyncDispose]?.()
  return store?.[method]?.(...args)
}

answerCalls(parentPort, answer)
