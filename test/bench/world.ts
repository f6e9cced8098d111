/** What investigators and sign-ups ask, over HTTP, of a world that was ingested and detected as any other. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { detectOnce, openWriting } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { makeKey } from '../../src/http/keys.ts'
import { serve } from '../../src/serve.ts'
import { admitEvent } from '../../src/sources/admit.ts'
import { silentLog } from '../../src/telemetry/log.ts'
import type { LoadResult } from './load.ts'
import { loadOf } from './risk.ts'
import { accountOf, shownBy, type WorldQuestion } from './world-questions.ts'

export interface WorldResult {
  readonly accounts: number
  readonly rings: number
  readonly asked: Readonly<Record<WorldQuestion, LoadResult>>
}

const questions = ['match', 'links', 'explain'] as const
const batch = 5_000
const day = 86_400_000

/** At paces that leave the server time, so that answers do not wait for each other. */
export const pacesPerSecond: Readonly<Record<WorldQuestion, number>> = { match: 200, links: 200, explain: 10 }

export async function benchWorld(accounts: number): Promise<WorldResult> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ringleader-bench-'))
  try {
    const hour = 3_600_000
    const config = readConfig({ dataDir, port: 0, detectAfterMs: hour, detectEveryMs: hour }, {})
    const { key, token } = makeKey({ name: 'bench', scopes: ['rings:read', 'ingest'], now: 0 })
    const rings = await makeWorld(config, accounts, key)
    await using server = await serve(config, silentLog)
    const port = Number(new URL(server.url).port)
    const load = (ask: WorldQuestion, seconds: number) =>
      loadOf({ port, token, accounts, connections: 16, seconds, ids: 1, ask, perSecond: pacesPerSecond[ask] })
    const asked: Partial<Record<WorldQuestion, LoadResult>> = {}
    for (const ask of questions) {
      await load(ask, 1)
      asked[ask] = await load(ask, 5)
    }
    return { accounts, rings, asked: asked as Record<WorldQuestion, LoadResult> }
  } finally {
    rmSync(dataDir, { recursive: true })
  }
}

async function makeWorld(
  config: ReturnType<typeof readConfig>,
  accounts: number,
  key: ReturnType<typeof makeKey>['key'],
): Promise<number> {
  await using writing = await openWriting(config)
  await writing.store.saveKey(key)
  const now = Date.now()
  for (let from = 0; from < accounts; from += batch) {
    const events = Array.from({ length: Math.min(batch, accounts - from) }, (_, i) => {
      const n = from + i
      const sent = {
        eventId: `e${n}`,
        type: 'signup',
        occurredAt: new Date(now - (n % 60) * day).toISOString(),
        account: accountOf(n),
        identifiers: shownBy(n),
      }
      const admission = admitEvent(writing.border, sent, { live: false })
      if (!('value' in admission)) throw new Error(admission.refusal.detail)
      return admission.value
    })
    await writing.store.record(events)
  }
  return (await detectOnce(config, writing.store, {})).run.rings
}
