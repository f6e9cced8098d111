/**
 * The embedded store for a serving process: one thread writes, another reads beside it, so that neither a commit
 * nor a large answer stops the event loop, and reads do not wait for writes.
 */
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode } from '../../../graph/errors.ts'
import type { Intake, LinkStore, ReadingStore } from '../../../graph/ports.ts'
import type { EmbeddedOptions, EmbeddedStore } from './store.ts'

export interface ThreadOrder extends EmbeddedOptions {
  readonly role: 'writer' | 'reader'
}
export interface Call {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | {
      readonly id: number
      readonly error: { readonly code: ErrorCode | undefined; readonly message: string }
    }

export interface ThreadedStore extends LinkStore, Intake {
  announce(url: string): Promise<void>
}

const workerFile = new URL(`./store-worker${extname(import.meta.url)}`, import.meta.url)

const writes = [
  'accept',
  'foldSome',
  'record',
  'label',
  'claim',
  'publish',
  'decide',
  'assert',
  'saveKey',
  'revokeKey',
  'bury',
  'dropDeadLetters',
  'expireDeadLetters',
  'saveModels',
  'chooseModels',
  'saveWebhook',
  'deleteWebhook',
  'noteProgress',
  'buryMessage',
  'dropMessages',
  'expireMessages',
  'saveTripwire',
  'noteAct',
] as const

const reads = [
  'accounts',
  'users',
  'digest',
  'progress',
  'changedSince',
  'waiting',
  'published',
  'rings',
  'ring',
  'kin',
  'changes',
  'snapshot',
  'decisions',
  'receipt',
  'standingVerdicts',
  'assertions',
  'keys',
  'deadLetters',
  'countDeadLetters',
  'localModels',
  'modelChoices',
  'modelsInForce',
  'webhooks',
  'webhookProgress',
  'deadMessages',
  'tripwires',
  'hits',
  'feedEnd',
  'audit',
  'auditHead',
  'auditRow',
] as const

/** Throws what `openEmbeddedStore` throws. Whole scans are not to be had: detection opens its own reader. */
export async function openThreadedStore(options: EmbeddedOptions): Promise<ThreadedStore> {
  const writer = await storeThread<EmbeddedStore>({ ...options, role: 'writer' })
  const reader = await storeThread<ReadingStore>({ ...options, role: 'reader' }).catch(async (error) => {
    await writer.close()
    throw error
  })
  return {
    ...writer.calls(writes),
    ...reader.calls(reads),
    announce: async (url) => void (await writer.ask('announce', [url])),
    scanAccounts: () => notHere(),
    scanIdentifiers: () => notHere(),
    async [Symbol.asyncDispose]() {
      await reader.close()
      await writer.close()
    },
  }
}

function notHere(): never {
  throw new Error('Whole scans do not cross threads: open a reader of your own')
}

type Methods<Store> = {
  readonly [Name in keyof Store]: Store[Name] extends (...args: never[]) => Promise<unknown> ? Name : never
}[keyof Store]

async function storeThread<Store>(order: ThreadOrder) {
  const worker = new Worker(workerFile, { workerData: order })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let lastId = 0

  worker.on('message', (answer: Answer) => {
    const caller = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) caller?.reject(failure(answer.error))
    else caller?.resolve(answer.value)
  })
  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () =>
    fail(new AppError('store_unavailable', 'The store is closed: the process is stopping')),
  )

  const ask = (method: string, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      lastId += 1
      waiting.set(lastId, { resolve, reject })
      worker.postMessage({ id: lastId, method, args } satisfies Call)
    })

  // Opening can fail (locked, another key), and the caller should hear it here.
  await ask('open', []).catch(async (error) => {
    // A thread that waits for calls would keep the process from ending.
    await worker.terminate()
    throw error
  })
  return {
    ask,
    /** Methods that run in the thread; the names are checked here, the values travel by structured clone. */
    calls: <Name extends Methods<Store>>(names: readonly Name[]): Pick<Store, Name> =>
      Object.fromEntries(
        names.map((name) => [name, (...args: unknown[]) => ask(String(name), args)]),
      ) as unknown as Pick<Store, Name>,
    async close(): Promise<void> {
      await ask('close', [])
      await worker.terminate()
    },
  }
}

const failure = ({ code, message }: { code: ErrorCode | undefined; message: string }): Error =>
  code === undefined ? new Error(message) : new AppError(code, message)
