/** How a server can be had for tests: decided once a run, without starting any. */
import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../graph/errors.ts'
import { dockerAnswers } from '../../src/servers/docker.ts'
import { type Env, findJava } from '../../src/servers/find.ts'
import { findMaven, hasNeo4jJars, neo4jReleases } from '../../src/servers/neo4j-jars.ts'
import { findRedis } from '../../src/servers/redis-local.ts'

/** Servers that suites share. `neo4j` is the release that TEST_NEO4J_URL may stand for. */
export type SharedNeed = 'neo4j' | 'neo4j-2026' | 'redis'
/** Or what it takes to start, and to kill, servers of one's own: src/servers with programs of this machine. */
export type Need = SharedNeed | 'neo4j-local' | 'redis-local'

export const versionOf = { neo4j: '5.26.30', 'neo4j-2026': '2026.08.1', 'neo4j-local': '5.26.30' } as const
export const isShared = (need: Need): need is SharedNeed => !need.endsWith('-local')

/** `given`: a variable of the environment names it. */
export type Way = { readonly way: 'given' | 'docker' | 'local' } | { readonly missing: string }

/** By which way to get it: what the environment names, else Docker, else programs of this machine. */
export function wayTo(need: Need): Way {
  const file = join(runDir(), `way-to-${need}.json`)
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Way
  } catch {
    // Nobody asked yet. Two who ask at once find the same.
    const way = find(need, process.env)
    writeWhole(file, way)
    return way
  }
}

/** Where a run keeps its servers. */
export function runDir(): string {
  const dir = process.env['TEST_SERVERS_DIR']
  if (!dir)
    throw new Error('TEST_SERVERS_DIR is not set: servers for tests are to be had in a run of jest only')
  return dir
}

/** Readers find all of it or nothing. */
export function writeWhole(file: string, content: unknown): void {
  const beside = `${file}.${randomUUID()}`
  writeFileSync(beside, JSON.stringify(content))
  renameSync(beside, file)
}

function find(need: Need, env: Env): Way {
  if (need === 'neo4j' && env['TEST_NEO4J_URL']) return { way: 'given' }
  if (need === 'redis' && env['TEST_REDIS_URL']) return { way: 'given' }
  if (isShared(need) && dockerAnswers(env)) return { way: 'docker' }
  try {
    findLocal(need, env)
    return { way: 'local' }
  } catch (error) {
    if (error instanceof AppError) return { missing: `${need}: ${error.message}` }
    throw error
  }
}

/** Throws `config_invalid` with what this machine lacks. */
function findLocal(need: Need, env: Env): void {
  if (need === 'redis' || need === 'redis-local') return void findRedis(env)
  const version = versionOf[need]
  findJava({ least: neo4jReleases[version].javaLeast, env })
  if (!hasNeo4jJars(version, env)) findMaven(env)
}
