/** Servers that all workers of a run share: whoever asks first starts them. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { startNeo4jContainer, startRedisContainer } from '../../src/servers/docker.ts'
import { startNeo4j } from '../../src/servers/neo4j-local.ts'
import { startRedis } from '../../src/servers/redis-local.ts'
import { runDir, type SharedNeed, versionOf, wayTo, writeWhole } from './availability.ts'
import { lock } from './lock.ts'

export interface Access {
  readonly url: string
  readonly user: string
  readonly password: string
}

/** Jars may have to be fetched first. */
const startTimeoutMs = 900_000

export async function shared(need: SharedNeed): Promise<Access> {
  const found = wayTo(need)
  if ('missing' in found) throw new Error(found.missing)
  const { way } = found
  if (way === 'given') return given(need)
  const place = join(runDir(), need)
  const state = join(place, 'state.json')
  using _starting = await lock(join(runDir(), `${need}.starting`), startTimeoutMs)
  if (!existsSync(state)) {
    mkdirSync(place, { recursive: true })
    tidyUpIfKilled()
    writeWhole(state, await attempt(() => start(need, { way, place })))
  }
  return taken(JSON.parse(readFileSync(state, 'utf8')) as Attempt)
}

/** A server that failed to start once would do so again, for each suite that asks. */
type Attempt = { readonly access: Access } | { readonly failure: string }

async function attempt(start: () => Promise<Access>): Promise<Attempt> {
  try {
    const { url, user, password } = await start()
    return { access: { url, user, password } }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}

function taken(attempt: Attempt): Access {
  if ('failure' in attempt) throw new Error(attempt.failure)
  return attempt.access
}

const given = (need: SharedNeed): Access =>
  need === 'redis'
    ? { url: process.env['TEST_REDIS_URL'] ?? '', user: '', password: '' }
    : {
        url: process.env['TEST_NEO4J_URL'] ?? '',
        user: process.env['TEST_NEO4J_USER'] ?? 'neo4j',
        password: process.env['TEST_NEO4J_PASSWORD'] ?? '',
      }

const password = 'ringleader-test'

function start(
  need: SharedNeed,
  { way, place }: { way: 'docker' | 'local'; place: string },
): Promise<Access> {
  const env = process.env
  if (way === 'local')
    return need === 'redis'
      ? startRedis({ dir: place, env })
      : startNeo4j({ dir: place, password, version: versionOf[need], env })
  const name = `${basename(runDir())}-${need}`
  writeFileSync(join(place, 'container'), name)
  return need === 'redis'
    ? startRedisContainer({ name, env })
    : startNeo4jContainer({ name, password, version: versionOf[need], env })
}

/** The teardown does not run when jest is killed. */
function tidyUpIfKilled(): void {
  const owner = process.env['TEST_SERVERS_OWNER'] ?? String(process.pid)
  const script = join(import.meta.dirname, 'stop.sh')
  spawn('sh', [script, runDir(), owner], { detached: true, stdio: 'ignore' }).unref()
}
