/** A Neo4j and a Redis of one's own, to try the production profile without installing or changing anything. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, programEnvironment, readConfig } from '../config.ts'
import { defaultKeyFile } from '../secrets/key-file.ts'
import { endsWithUs } from '../servers/launch.ts'
import { startNeo4j } from '../servers/neo4j-local.ts'
import { startRedis } from '../servers/redis-local.ts'

export interface LocalServers extends AsyncDisposable {
  /** The given settings, with these servers in them. */
  readonly config: Config
  /** For whoever wants to look at the graph. */
  readonly neo4j: { readonly url: string; readonly user: string; readonly password: string }
}

/** Below the data directory, where an earlier demo's are taken up again. They end with this process, however it ends. */
export async function startLocalServers(
  config: Config,
  log: (message: string) => void,
): Promise<LocalServers> {
  const env = programEnvironment()
  const dirOf = (name: string): string => join(config.dataDir, name)
  const password = randomBytes(12).toString('hex')
  const redis = await startRedis({ dir: dirOf('redis'), env })
  const neo4j = await startNeo4j({ dir: dirOf('neo4j'), password, env, log }).catch(
    async (error: unknown) => {
      await redis[Symbol.asyncDispose]()
      throw error
    },
  )
  for (const { pid } of [redis, neo4j]) endsWithUs(pid)
  const address = new URL(neo4j.url)
  address.username = neo4j.user
  address.password = password
  return {
    neo4j: { url: neo4j.url, user: neo4j.user, password },
    config: {
      ...readConfig({
        ...config,
        keyFile: config.keyFile ?? keyIn(config.dataDir),
        neo4jUrl: address.href,
        redisUrl: redis.url,
      }),
    },
    async [Symbol.asyncDispose]() {
      await neo4j[Symbol.asyncDispose]()
      await redis[Symbol.asyncDispose]()
    },
  }
}

function keyIn(dataDir: string): string {
  const file = defaultKeyFile(dataDir)
  mkdirSync(dataDir, { recursive: true })
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  return file
}
