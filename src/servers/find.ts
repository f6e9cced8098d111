/** Programs that servers need, on this machine. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, globSync, realpathSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { AppError } from '../../graph/errors.ts'

/** The environment to look things up in and to start programs with; whoever calls reads it. */
export type Env = Readonly<Record<string, string | undefined>>

/** The path of a program. Throws `config_invalid` with how to get it when it is not on PATH. */
export function findProgram(name: string, { env, debian }: { env: Env; debian: string }): string {
  const found = onPath(name, env)
  if (found !== undefined) return found
  throw new AppError(
    'config_invalid',
    `${name} is not on PATH. On Debian: apt-get install ${debian}. Or start Docker.`,
  )
}

/** Where a JVM's files may stand besides JAVA_HOME and PATH. */
const jvmGlobs: readonly string[] = ['/usr/lib/jvm/*', '/Library/Java/JavaVirtualMachines/*/Contents/Home']

/** Of the Javas here that are new enough, the oldest: a server is best proved on the Java it was made for. */
export function findJava({ least, env, jvms = jvmGlobs }: FindJavaOptions): string {
  const asked = javasOn(env, jvms).map((path) => ({ path, major: javaMajor(path, env) ?? 0 }))
  const [best] = asked.filter(({ major }) => major >= least).toSorted((a, b) => a.major - b.major)
  if (best) return best.path
  const seen = asked.map(({ path, major }) => `${path} is ${major || 'none that runs'}`).join(', ')
  throw new AppError(
    'config_invalid',
    `Java ${least} or later is missing${seen && ` (${seen})`}. On Debian: apt-get install ${debianJava(least)}, or set JAVA_HOME. Or start Docker.`,
  )
}

export interface FindJavaOptions {
  /** The major version that will do, and all later ones. */
  readonly least: number
  readonly env: Env
  /** Globs of Java homes besides JAVA_HOME and PATH. */
  readonly jvms?: readonly string[]
}

const debianJava = (least: number): string =>
  least <= 17 ? 'default-jdk-headless' : `openjdk-${least}-jdk-headless`

function javasOn(env: Env, jvms: readonly string[]): readonly string[] {
  const onJavaHome = env['JAVA_HOME'] ? [join(env['JAVA_HOME'], 'bin', 'java')] : []
  const first = onPath('java', env)
  const homes = globSync([...jvms]).map((home) => join(home, 'bin', 'java'))
  const all = [...onJavaHome, ...(first === undefined ? [] : [first]), ...homes.toSorted()]
  return [...new Set(all.filter((path) => existsSync(path)).map((path) => realpathSync(path)))]
}

/** 17 of `openjdk version "17.0.15"`, 8 of `java version "1.8.0_402"`; `undefined` when it does not say. */
function javaMajor(java: string, env: Env): number | undefined {
  const { stdout, stderr } = spawnSync(java, ['-version'], { env, encoding: 'utf8', timeout: 10_000 })
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(`${stderr}${stdout}`) ?? []
  return first === undefined ? undefined : Number(first === '1' ? second : first)
}

function onPath(name: string, env: Env): string | undefined {
  return (env['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((dir) => join(dir, name))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    // Not there, or not for us: either way it cannot be run.
    return false
  }
}
