/**
 * The embedded store for a serving process: one thread writes, another reads beside it, so that neither a commit
 * nor a large answer stops the event loop, and reads do not wait for writes.
 */
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../../graph/errors.ts'
import type { Intake, LinkStore, ReadingStore } from '../../../graph/ports.ts'
import { callsTo } from '../../threads/calls.ts'
import type { EmbeddedOptions, EmbeddedStore } from './store.ts'

export interface ThreadOrder extends EmbeddedOptions {
  readonly role: 'writer' | 'reader'
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
  'assign',
  'noteAct',
  'beginRequest',
  'endRequest',
  'dropRequest',
  'expireRequests',
] as const

const reads = [
  'accounts',
  'users',
  'sealedValue',
  'digest',
  'progress',
  'changedSince',
  'waiting',
  'published',
  'rings',
  'ring',
  'ringsOf',
  'risksAt',
  'steps',
  'runTimes',
  'kin',
  'changes',
  'snapshot',
  'decisions',
  'receipt',
  'standingVerdicts',
  'assertions',
  'assertionPage',
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
  'notes',
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
  const { ask } = callsTo(
    worker,
    () => new AppError('store_unavailable', 'The store is closed: the process is stopping'),
  )

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
