/** Risk look-ups a second: from the snapshot alone, and over HTTP with a key, through Express. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { DetectionRun, Ring } from '../../graph/ring.ts'
import { encodeSnapshot } from '../../src/snapshot/encode.ts'
import { openSnapshot } from '../../src/snapshot/snapshot.ts'
import { benchServer } from './bench-server.ts'
import type { LoadOrder, LoadResult } from './load.ts'

export const run: DetectionRun = {
  version: 1,
  asOf: 0,
  stateChanges: 0,
  publishedAt: 0,
  tookMs: 0,
  accounts: 0,
  links: 0,
  rings: 0,
  policy: 'bench',
  method: 'cpm-leiden',
}

export const accountOf = (i: number): string => `account-${i}`

export function benchSnapshot(accounts: number): Uint8Array {
  const ring = (n: number): Ring => ({
    id: `ring_1_${n}`,
    status: 'active',
    bornVersion: 1,
    version: 1,
    head: { class: 'uncertain', risk: 0.5, firstSeen: 0, lastSeen: 0, topEvidence: [], reasons: [] },
    members: Array.from({ length: 10 }, (_, i) => ({
      account: accountOf(n * 100 + i),
      role: 'core',
      membership: 0.9,
      risk: 0.5,
      compromise: 0,
      flagged: true,
      reasons: [{ code: 'shares_identifier', kind: 'device', count: i }],
    })),
  })
  const rings = Array.from({ length: accounts / 100 }, (_, n) => ring(n))
  const ids = Array.from({ length: accounts }, (_, i) => accountOf(i))
  return encodeSnapshot({ run, accounts: ids, rings, publicness: new Map() })
}

/** Uniform over all accounts, by a multiplier that visits each once. */
export function benchLookups(accounts: number): { perSecond: number; bytesPerAccount: number } {
  const bytes = benchSnapshot(accounts)
  const snapshot = openSnapshot(bytes)
  const lookups = 1_000_000
  const startedAt = performance.now()
  let sum = 0
  for (let i = 0; i < lookups; i++) sum += snapshot.risk(accountOf((i * 7_919) % accounts))?.risk ?? 0
  const tookMs = performance.now() - startedAt
  if (sum <= 0) throw new Error('the look-ups found nothing')
  return {
    perSecond: Math.round((lookups / tookMs) * 1_000),
    bytesPerAccount: Math.round(bytes.length / accounts),
  }
}

interface HttpLoad extends LoadResult {
  /** By the CPU time of the thread that serves. */
  readonly perCoreSecond: number
}

export interface HttpResult {
  readonly hot: HttpLoad
  readonly express: HttpLoad
  readonly batch: HttpLoad
  readonly batchExpress: HttpLoad
  /** At a pace far below what it can, alone and beside a thread that detects. */
  readonly paced: LoadResult
  readonly pacedWhileDetecting: LoadResult
}

export const idsPerBatch = 1_000
export const pacePerSecond = 2_000

export async function benchHttp(accounts: number): Promise<HttpResult> {
  await using server = await benchServer({ run, snapshot: benchSnapshot(accounts) })
  const { port, token } = server
  const load = (more: Partial<LoadOrder>): Promise<HttpLoad> =>
    loadFrom({ port, token, accounts, connections: 16, seconds: 4, ids: 1, ...more })
  const many = { connections: 4, ids: idsPerBatch }
  // The first of each is for the compiler.
  for (const more of [{}, { through: 'express' }, many] as const) await load({ ...more, seconds: 1 })
  return {
    hot: await load({}),
    express: await load({ through: 'express' }),
    batch: await load(many),
    batchExpress: await load({ ...many, through: 'express' }),
    paced: await load({ perSecond: pacePerSecond }),
    pacedWhileDetecting: await whileDetecting(() => load({ perSecond: pacePerSecond })),
  }
}

async function loadFrom(order: LoadOrder): Promise<HttpLoad> {
  const before = process.threadCpuUsage()
  const result = await inThread<LoadResult>('./load.ts', order)
  const { user, system } = process.threadCpuUsage(before)
  return { ...result, perCoreSecond: (result.answers / (user + system)) * 1_000_000 }
}

export function inThread<T>(file: string, order: unknown): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const worker = new Worker(new URL(file, import.meta.url), { workerData: order })
  worker.once('message', resolve)
  worker.once('error', reject)
  return promise
}

/** Beside a thread that links and partitions one graph after the other, as detection does. */
async function whileDetecting<T>(work: () => Promise<T>): Promise<T> {
  const worker = new Worker(new URL('./partition-forever.ts', import.meta.url))
  await once(worker, 'message')
  try {
    return await work()
  } finally {
    await worker.terminate()
  }
}
