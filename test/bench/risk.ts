/** Risk look-ups a second: from the snapshot alone, and over HTTP with a key, through Express. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { DetectionRun, Ring } from '../../graph/ring.ts'
import { openWriting } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { makeKey } from '../../src/http/keys.ts'
import { serve } from '../../src/serve.ts'
import { encodeSnapshot } from '../../src/snapshot/encode.ts'
import { openSnapshot } from '../../src/snapshot/snapshot.ts'
import { silentLog } from '../../src/telemetry/log.ts'
import type { LoadResult } from './load.ts'

const run: DetectionRun = {
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

function benchSnapshot(accounts: number): Uint8Array {
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

export async function benchHttp(accounts: number): Promise<LoadResult> {
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
    return await loadFrom({ url: server.url, token, accounts, connections: 16, seconds: 5 })
  } finally {
    rmSync(dataDir, { recursive: true })
  }
}

const loadFrom = (order: object): Promise<LoadResult> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./load.ts', import.meta.url), { workerData: order })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
