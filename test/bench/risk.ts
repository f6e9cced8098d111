/** Risk look-ups a second: from the snapshot alone, and over HTTP with a key, through Express. */
import { fork } from 'node:child_process'
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
const rounds = 3

export async function benchHttp(accounts: number): Promise<HttpResult> {
  await using server = await benchServer({ run, snapshot: benchSnapshot(accounts) })
  const { port, token } = server
  const load = (more: Partial<LoadOrder>): Promise<HttpLoad> =>
    loadFrom({ port, token, accounts, connections: 16, seconds: 3, ids: 1, ...more })
  const many = { connections: 4, ids: idsPerBatch }
  const orders = [{}, { through: 'express' }, many, { ...many, through: 'express' }] as const
  // The first of each is for the compiler.
  for (const more of orders) await load({ ...more, seconds: 1 })
  const found: HttpLoad[][] = orders.map(() => [])
  for (let round = 0; round < rounds; round++)
    for (const [i, more] of orders.entries()) found[i]?.push(await load(more))
  const [hot, express, batch, batchExpress] = found.map(middle) as [HttpLoad, HttpLoad, HttpLoad, HttpLoad]
  const paced = { perSecond: pacePerSecond }
  return {
    hot,
    express,
    batch,
    batchExpress,
    paced: await load(paced),
    pacedWhileDetecting: await whileDetecting(() => load(paced)),
  }
}

/** The one in the middle by core time. */
const middle = (loads: readonly HttpLoad[]): HttpLoad | undefined =>
  loads.toSorted((a, b) => a.perCoreSecond - b.perCoreSecond)[Math.floor(loads.length / 2)]

async function loadFrom(order: LoadOrder): Promise<HttpLoad> {
  const before = process.threadCpuUsage()
  const result = await loadOf(order)
  const { user, system } = process.threadCpuUsage(before)
  return { ...result, perCoreSecond: (result.answers / (user + system)) * 1_000_000 }
}

/** In a process of its own, which the operating system gives the other core where there is one. */
export async function loadOf(order: LoadOrder): Promise<LoadResult> {
  const child = fork(new URL('./load.ts', import.meta.url), [JSON.stringify(order)])
  const exited = once(child, 'exit').then(() => Promise.reject(new Error('the load ended without a result')))
  const [result] = (await Promise.race([once(child, 'message'), exited])) as [LoadResult]
  await exited.catch(() => {})
  return result
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
