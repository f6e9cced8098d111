/** A Redis on this machine, from its own `redis-server`. */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Env, findProgram } from './find.ts'
import { launch, type RunningServer } from './launch.ts'
import { answersRedis, claimPort } from './ports.ts'

export interface RedisOptions extends RedisSettings {
  /** Where it keeps its data; started there again, it has them back. */
  readonly dir: string
  /** Default: a free one. */
  readonly port?: number
  readonly env: Env
}

export interface RedisSettings {
  /** When a write is on the disk: by default before it is acknowledged. */
  readonly appendfsync?: 'always' | 'everysec' | 'no'
  /** Default: no limit. */
  readonly maxmemoryMb?: number
}

/**
 * Throws `config_invalid` when redis-server is missing or the port is taken, `store_unavailable` when it does not
 * start.
 */
export async function startRedis(options: RedisOptions): Promise<RunningServer> {
  const command = findRedis(options.env)
  const port = await claimPort(options.port)
  const dir = resolve(options.dir)
  mkdirSync(dir, { recursive: true })
  const running = await launch({
    name: 'Redis',
    command,
    args: ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, ...redisArguments(options)],
    dir,
    env: options.env,
    answers: (pid) => answersRedis(port, pid),
    timeoutMs: 30_000,
  })
  return { url: `redis://127.0.0.1:${port}`, user: '', password: '', ...running }
}

export const findRedis = (env: Env): string => findProgram('redis-server', { env, debian: 'redis-server' })

/** A queue may lose nothing: every write goes to the log, and nothing is evicted. */
export const redisArguments = ({ appendfsync = 'always', maxmemoryMb }: RedisSettings): readonly string[] => [
  '--save',
  '',
  '--appendonly',
  'yes',
  '--appendfsync',
  appendfsync,
  '--maxmemory-policy',
  'noeviction',
  ...(maxmemoryMb === undefined ? [] : ['--maxmemory', `${maxmemoryMb}mb`]),
]
