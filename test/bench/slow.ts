/** Healthy requests while thousands of connections send a little and never end. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { openWriting } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { makeKey } from '../../src/http/keys.ts'
import { serve } from '../../src/serve.ts'
import { silentLog } from '../../src/telemetry/log.ts'
import type { LoadResult } from './load.ts'
import { benchSnapshot, inThread, run } from './risk.ts'

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
  const dataDir = mkdtempSync(join(tmpdir(), 'ringleader-bench-'))
  const config = readConfig({ dataDir, port: 0 }, {})
  const { key, token } = makeKey({ name: 'bench', scopes: ['risk:read'], now: 0 })
  {
    await using writing = await openWriting(config)
    await writing.store.saveKey(key)
    await writing.store.publish({ run, rings: [], changes: [], snapshot: benchSnapshot(accounts) })
  }
  try {
    await using server = await serve(config, silentLog)
    const port = Number(new URL(server.url).port)
    const load = () =>
      inThread<LoadResult>('./load.ts', {
        port,
        token,
        accounts,
        connections: 16,
        seconds: 20,
        ids: 1,
        perSecond: 500,
      })
    const alone = await load()
    const slow = new Worker(new URL('./slow-connections.ts', import.meta.url), {
      workerData: { port, connections },
    })
    const [open] = (await once(slow, 'message')) as [number]
    const beside = await load()
    slow.postMessage('enough')
    const [cut] = (await once(slow, 'message')) as [number]
    return { alone, beside, open, cut }
  } finally {
    rmSync(dataDir, { recursive: true })
  }
}
