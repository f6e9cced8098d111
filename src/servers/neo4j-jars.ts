/** Neo4j Community's own jars, fetched once by Maven and kept in the user's cache. */
import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '../../graph/errors.ts'
import { type Env, findProgram } from './find.ts'

/** The releases we run on; `pom` stands in test/servers. */
export const neo4jReleases = {
  '5.26.30': {
    pom: 'neo4j-5.26.pom.xml',
    javaLeast: 17,
    mainClass: 'org.neo4j.server.CommunityEntryPoint',
  },
  '2026.08.1': {
    pom: 'neo4j-2026.08.pom.xml',
    javaLeast: 25,
    mainClass: 'org.neo4j.server.Neo4jCommunity',
  },
} as const
export type Neo4jVersion = keyof typeof neo4jReleases
export const neo4jDefault: Neo4jVersion = '5.26.30'

export interface JarsOptions {
  readonly env: Env
  /** The Java that Maven is to run on; default: what it finds. */
  readonly java?: string
  readonly log?: (message: string) => void
}

/**
 * The directory with the release's jars. Throws `config_invalid` when Maven is missing or cannot fetch them.
 * They are fetched beside their place and moved there whole: neither a kill nor a second process leaves a part.
 */
export async function neo4jJars(version: Neo4jVersion, options: JarsOptions): Promise<string> {
  const place = placeOf(version, options.env)
  if (existsSync(place)) return join(place, 'lib')
  const mvn = findMaven(options.env)
  mkdirSync(dirname(place), { recursive: true })
  const building = mkdtempSync(`${place}.part-`)
  try {
    copyFileSync(pomOf(version), join(building, 'pom.xml'))
    options.log?.(`fetching Neo4j ${version} by Maven, once (about 130 MB)`)
    await fetchJars(mvn, { building, ...options })
    moveTo(place, building)
  } finally {
    rmSync(building, { recursive: true, force: true })
  }
  return join(place, 'lib')
}

export const hasNeo4jJars = (version: Neo4jVersion, env: Env): boolean => existsSync(placeOf(version, env))

export const findMaven = (env: Env): string => findProgram('mvn', { env, debian: 'maven' })

const placeOf = (version: Neo4jVersion, env: Env): string =>
  join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'ringleader', `neo4j-${version}`)

const fetchTimeoutMs = 900_000

async function fetchJars(
  mvn: string,
  { building, env, java }: JarsOptions & { building: string },
): Promise<void> {
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(building, 'lib')}`]
  try {
    await promisify(execFile)(
      mvn,
      ['--batch-mode', '--quiet', '--file', join(building, 'pom.xml'), ...goal],
      {
        cwd: building,
        env: { ...env, ...(java !== undefined && { JAVA_HOME: dirname(dirname(java)) }) },
        timeout: fetchTimeoutMs,
        maxBuffer: 1 << 26,
      },
    )
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string }
    const said = `${stdout}${stderr}`.trim().split('\n').slice(0, 5).join('\n')
    throw new AppError(
      'config_invalid',
      `Maven could not fetch Neo4j's jars. It needs a network and 300 MB of disk, or settings.xml with a mirror of yours; then try again. It says:\n${said}`,
      { cause },
    )
  }
}

function moveTo(place: string, built: string): void {
  try {
    renameSync(built, place)
  } catch (error) {
    // Another process was first; what it fetched is the same.
    if (!existsSync(place)) throw error
  }
}

function pomOf(version: Neo4jVersion): string {
  const found = above(import.meta.dirname)
    .map((folder) => join(folder, 'test', 'servers', neo4jReleases[version].pom))
    .find((file) => existsSync(file))
  if (found !== undefined) return found
  throw new AppError(
    'config_invalid',
    'A server without Docker is started from a clone of the repository only: this package does not bring its files. Clone it, or start Docker.',
  )
}

const above = (folder: string): readonly string[] =>
  dirname(folder) === folder ? [folder] : [folder, ...above(dirname(folder))]
