/** The same servers by Docker, where an engine answers. */
import { execFile, spawnSync } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { AppError } from '../../graph/errors.ts'
import type { Env } from './find.ts'
import type { Server } from './launch.ts'
import { type Neo4jVersion, neo4jDefault } from './neo4j-jars.ts'
import { neo4jSettings } from './neo4j-local.ts'
import { answersBolt, answersRedis, claimPort } from './ports.ts'
import { type RedisSettings, redisArguments } from './redis-local.ts'

/** Whether an engine answers within 5 s. */
export function dockerAnswers(env: Env): boolean {
  const { status, stdout } = spawnSync('docker', ['info', '--format', '{{.ServerVersion}}'], {
    env,
    encoding: 'utf8',
    timeout: 5_000,
    killSignal: 'SIGKILL',
  })
  return status === 0 && stdout.trim() !== ''
}

export interface ContainerOptions {
  /** The container's; it is gone, with its data, when the server is disposed of. */
  readonly name: string
  readonly env: Env
}

export interface Neo4jContainerOptions extends ContainerOptions {
  readonly password: string
  readonly version?: Neo4jVersion
  readonly heapMb?: number
}

/** Throws `store_unavailable` when the image cannot be had or the server stays silent for 3 minutes. */
export async function startNeo4jContainer(options: Neo4jContainerOptions): Promise<Server> {
  const port = await claimPort()
  const env = { ...options.env, NEO4J_AUTH: `neo4j/${options.password}` }
  await run(neo4jRunArguments({ ...options, port }), { env })
  const container = { name: options.name, env: options.env, answers: () => answersBolt(port) }
  const running = await untilItAnswers(container)
  return { url: `bolt://127.0.0.1:${port}`, user: 'neo4j', password: options.password, ...running }
}

export interface RedisContainerOptions extends ContainerOptions, RedisSettings {}

/** Throws `store_unavailable` when the image cannot be had or the server stays silent for 3 minutes. */
export async function startRedisContainer(options: RedisContainerOptions): Promise<Server> {
  const port = await claimPort()
  await run(redisRunArguments({ ...options, port }), { env: options.env })
  const container = { name: options.name, env: options.env, answers: () => answersRedis(port) }
  const running = await untilItAnswers(container)
  return { url: `redis://127.0.0.1:${port}`, user: '', password: '', ...running }
}

type Placed<Options> = Omit<Options, 'env' | 'password'> & { readonly port: number }

/** The password goes by the environment: arguments can be read by everybody on the machine. */
export const neo4jRunArguments = ({
  name,
  port,
  version = neo4jDefault,
  heapMb = 1_024,
}: Placed<Neo4jContainerOptions>): readonly string[] => [
  ...detached(name, `127.0.0.1:${port}:7687`),
  '--env=NEO4J_AUTH',
  ...Object.entries(neo4jSettings({ heapMb })).map(
    ([key, value]) => `--env=NEO4J_${key.replaceAll('_', '__').replaceAll('.', '_')}=${value}`,
  ),
  `neo4j:${version}-community`,
]

export const redisRunArguments = ({
  name,
  port,
  ...settings
}: Placed<RedisContainerOptions>): readonly string[] => [
  ...detached(name, `127.0.0.1:${port}:6379`),
  'redis:7.4',
  'redis-server',
  ...redisArguments(settings),
]

const detached = (name: string, published: string): readonly string[] => [
  'run',
  '--detach',
  '--rm',
  `--name=${name}`,
  `--publish=${published}`,
]

const answerTimeoutMs = 180_000

async function untilItAnswers({
  name,
  env,
  answers,
}: ContainerOptions & { answers: () => Promise<boolean> }): Promise<AsyncDisposable> {
  const remove = async () => void (await run(['rm', '--force', '--volumes', name], { env }))
  const deadline = performance.now() + answerTimeoutMs
  while (!(await answers())) {
    if (performance.now() > deadline) {
      const said = await run(['logs', '--tail', '10', name], { env }).catch(() => '')
      await remove()
      throw new AppError('store_unavailable', `${name} did not answer in ${answerTimeoutMs} ms:\n${said}`)
    }
    await setTimeout(100)
  }
  return { [Symbol.asyncDispose]: remove }
}

/** What it printed. */
async function run(args: readonly string[], { env }: { env: Env }): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)('docker', args, { env })
    return stdout + stderr
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr ?? ''
    throw new AppError('store_unavailable', `docker ${args[0]} failed: ${said.trim()}`, { cause })
  }
}
