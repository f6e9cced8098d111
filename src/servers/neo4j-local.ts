/** A Neo4j Community on this machine, from its own jars and the machine's Java. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '../../graph/errors.ts'
import { type Env, findJava } from './find.ts'
import { launch, type RunningServer } from './launch.ts'
import { type Neo4jVersion, neo4jDefault, neo4jJars, neo4jReleases } from './neo4j-jars.ts'
import { answersBolt, claimPort } from './ports.ts'

export interface Neo4jOptions {
  /** Its home, with conf, data and logs; started there again, it has its data back and keeps its first password. */
  readonly dir: string
  /** At least 8 characters. */
  readonly password: string
  readonly version?: Neo4jVersion
  /** Default: a free one. */
  readonly port?: number
  /** Says what takes long. */
  readonly log?: (message: string) => void
  /** The most its heap may grow to; it takes half of that at once. */
  readonly heapMb?: number
  /** More lines of neo4j.conf, which win. */
  readonly settings?: Readonly<Record<string, string>>
  readonly env: Env
  readonly timeoutMs?: number
}

const pageCacheMb = 256

/**
 * Resolves when it answers Bolt, after 5 s or so; the first time ever its jars are fetched.
 * Throws `config_invalid` when Java or Maven is missing or the port is taken, `store_unavailable` when it does not
 * start.
 */
export async function startNeo4j(options: Neo4jOptions): Promise<RunningServer> {
  const { version = neo4jDefault, heapMb = 1_024, password, env, log } = options
  const java = findJava({ least: neo4jReleases[version].javaLeast, env })
  const jars = await neo4jJars(version, { env, java, ...(log && { log }) })
  const port = await claimPort(options.port)
  const home = makeHome(options.dir, { port, heapMb, more: options.settings ?? {} })
  await setPassword(home, { java, jars, password, env })
  const running = await launch({
    name: `Neo4j ${version}`,
    command: java,
    args: [
      `-Xmx${heapMb}m`,
      ...opened.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
      '-cp',
      `${jars}/*`,
      neo4jReleases[version].mainClass,
      `--home-dir=${home}`,
      `--config-dir=${join(home, 'conf')}`,
    ],
    dir: home,
    env,
    logs: ['logs/neo4j.log'],
    answers: () => answersBolt(port),
    timeoutMs: options.timeoutMs ?? 120_000,
  })
  return { url: `bolt://127.0.0.1:${port}`, user: 'neo4j', password, ...running }
}

/** Packages that Neo4j reaches into; its own launcher opens the same. */
const opened = ['java.nio', 'java.io', 'sun.nio.ch', 'java.util.concurrent']

function makeHome(
  dir: string,
  { port, heapMb, more }: { port: number; heapMb: number; more: Readonly<Record<string, string>> },
): string {
  const home = resolve(dir)
  for (const folder of ['conf', 'data', 'logs', 'run']) mkdirSync(join(home, folder), { recursive: true })
  const settings = {
    'server.default_listen_address': '127.0.0.1',
    'server.bolt.listen_address': `127.0.0.1:${port}`,
    ...neo4jSettings({ heapMb }),
    ...more,
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(join(home, 'conf', 'neo4j.conf'), lines.join(''))
  return home
}

/** Small, silent towards the world, and quick to stop; wherever it runs. */
export const neo4jSettings = ({ heapMb }: { heapMb: number }): Readonly<Record<string, string>> => ({
  'server.http.enabled': 'false',
  'server.https.enabled': 'false',
  'dbms.usage_report.enabled': 'false',
  'dbms.security.allow_csv_import_from_file_urls': 'false',
  'server.memory.heap.initial_size': `${Math.ceil(heapMb / 2)}m`,
  'server.memory.heap.max_size': `${heapMb}m`,
  'server.memory.pagecache.size': `${pageCacheMb}m`,
  'db.tx_log.preallocate': 'false',
  'db.tx_log.rotation.size': '16M',
  'db.tx_log.rotation.retention_policy': '64M size',
  // Else it listens for 10 s more after it was told to stop.
  'internal.dbms.bolt.netty_server_shutdown_quiet_period': '0',
})

/** Only before the first start: later ones keep what is there. */
async function setPassword(
  home: string,
  { java, jars, password, env }: { java: string; jars: string; password: string; env: Env },
): Promise<void> {
  if (existsSync(join(home, 'data', 'dbms', 'auth.ini'))) return
  const main = ['-cp', `${jars}/*`, 'org.neo4j.server.startup.Neo4jAdminCommand']
  try {
    await promisify(execFile)(java, [...main, 'dbms', 'set-initial-password', password], {
      env: { ...env, NEO4J_HOME: home, NEO4J_CONF: join(home, 'conf') },
    })
  } catch (cause) {
    // The message of the cause repeats the command, and so the password.
    const said = (cause as { stderr?: string }).stderr ?? ''
    throw new AppError('config_invalid', `Neo4j refused its first password: ${said.trim().split('\n')[0]}`)
  }
}
