/** A Neo4j and a Redis of the bench's own, empty, in a directory that goes with them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNeo4j } from '../../src/servers/neo4j-local.ts'
import { startRedis } from '../../src/servers/redis-local.ts'
import type { Neo4jOptions } from '../../src/store/neo4j/store.ts'

const password = 'ringleader-bench'

export interface BenchServers extends AsyncDisposable {
  readonly neo4j: Neo4jOptions
  readonly neo4jPid: number
  readonly redis: { readonly url: string }
  /** What a process of ours needs to use them. */
  readonly environment: Readonly<Record<string, string>>
}

export async function benchServers(): Promise<BenchServers> {
  const dir = mkdtempSync(join(tmpdir(), 'ringleader-bench-'))
  const env = process.env
  const redis = await startRedis({ dir: join(dir, 'redis'), env })
  const neo4j = await startNeo4j({ dir: join(dir, 'neo4j'), password, env, heapMb: 2_048 })
  const keyFile = join(dir, 'key')
  writeFileSync(keyFile, `${'ab'.repeat(32)}\n`)
  return {
    neo4j: { url: neo4j.url, user: neo4j.user, password, database: 'neo4j', deadlineMs: 120_000 },
    neo4jPid: neo4j.pid,
    redis: { url: redis.url },
    environment: {
      RINGLEADER_NEO4J: neo4j.url,
      RINGLEADER_NEO4J_PASSWORD: password,
      RINGLEADER_REDIS: redis.url,
      RINGLEADER_KEY_FILE: keyFile,
      // Detection has figures of its own.
      RINGLEADER_DETECT_AFTER_MS: '3600000',
      RINGLEADER_LOG: 'error',
    },
    async [Symbol.asyncDispose]() {
      await neo4j[Symbol.asyncDispose]()
      await redis[Symbol.asyncDispose]()
      rmSync(dir, { recursive: true })
    },
  }
}
