/** An embedded server of a bench's own, with a snapshot published and a key to ask it by. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DetectionRun } from '../../graph/ring.ts'
import { openWriting } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { makeKey } from '../../src/http/keys.ts'
import type { Scope } from '../../src/http/scopes.ts'
import { serve } from '../../src/serve.ts'
import { silentLog } from '../../src/telemetry/log.ts'

export interface BenchServer extends AsyncDisposable {
  readonly port: number
  readonly token: string
}

export async function benchServer(
  { run, snapshot }: { run: DetectionRun; snapshot: Uint8Array },
  scopes: readonly Scope[] = ['risk:read'],
): Promise<BenchServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ringleader-bench-'))
  const config = readConfig({ dataDir, port: 0 }, {})
  const { key, token } = makeKey({ name: 'bench', scopes, now: 0 })
  {
    await using writing = await openWriting(config)
    await writing.store.saveKey(key)
    await writing.store.publish({ run, rings: [], changes: [], snapshot })
  }
  const server = await serve(config, silentLog)
  return {
    port: Number(new URL(server.url).port),
    token,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      rmSync(dataDir, { recursive: true })
    },
  }
}
