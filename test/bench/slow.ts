/** Healthy requests while thousands of connections send a little and never end. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { benchServer } from './bench-server.ts'
import type { LoadResult } from './load.ts'
import { benchSnapshot, loadOf, run } from './risk.ts'

export interface SlowResult {
  readonly alone: LoadResult
  readonly beside: LoadResult
  /** Slow connections that were open when the healthy requests began. */
  readonly open: number
  /** Slow connections that the server cut while they went on. */
  readonly cut: number
}

const accounts = 100_000

export async function benchSlow(connections: number): Promise<SlowResult> {
  await using server = await benchServer({ run, snapshot: benchSnapshot(accounts) })
  const { port, token } = server
  const order = { port, token, accounts, connections: 16, seconds: 20, ids: 1, perSecond: 500 }
  const alone = await loadOf(order)
  const slow = new Worker(new URL('./slow-connections.ts', import.meta.url), {
    workerData: { port, connections },
  })
  const [open] = (await once(slow, 'message')) as [number]
  const beside = await loadOf(order)
  slow.postMessage('enough')
  const [cut] = (await once(slow, 'message')) as [number]
  return { alone, beside, open, cut }
}
