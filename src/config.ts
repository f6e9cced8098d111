/** Settings: one schema with a default for every key. The only reader of `process.env`. */
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { AppError, type Issue } from '../graph/errors.ts'
import { type OidcConfig, oidcIssues, oidcOf, oidcSettings } from './config/oidc.ts'
import { names, networks, secretFile, serverUrl, switchText, wholeNumber } from './config/values.ts'

/** By name of the environment variable. */
const settings = {
  RINGLEADER_DATA: z.string().min(1).default('.ringleader').describe('directory of the embedded store'),
  RINGLEADER_HOST: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
  RINGLEADER_PORT: wholeNumber(0, 65_535).default(7373).describe('port to listen on; 0 takes a free one'),
  RINGLEADER_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('the deployment’s key; default: a file in the data directory, made on first use'),
  RINGLEADER_POLICY: z
    .string()
    .min(1)
    .optional()
    .describe('YAML file that changes or adds kinds of identifier'),
  RINGLEADER_FACETS: z
    .string()
    .min(1)
    .optional()
    .describe('directory with facets.yaml: tables of IP classes, networks and e-mail domains'),
  RINGLEADER_MASKS: switchText.default(true).describe('whether people may see masks of values: on, off'),
  RINGLEADER_SEAL: names
    .default([])
    .describe('kinds whose values are kept encrypted, for who holds pii:reveal to open: email,phone or all'),
  RINGLEADER_DETECT_AFTER_MS: wholeNumber(100)
    .default(200)
    .describe('wait after new events before rings are found again'),
  RINGLEADER_DETECT_EVERY_MS: wholeNumber(1_000)
    .default(3_600_000)
    .describe('rings are found at least this often'),
  RINGLEADER_DETECT_THREADS: wholeNumber(1, 64)
    .default(Math.min(64, availableParallelism()))
    .describe('threads that find communities in a large graph; default: one a processor, 64 at most'),
  RINGLEADER_NEO4J: serverUrl(['bolt', 'bolt+s', 'bolt+ssc', 'neo4j', 'neo4j+s', 'neo4j+ssc'])
    .optional()
    .describe('keep everything in this Neo4j instead of the data directory: bolt://host:7687'),
  RINGLEADER_NEO4J_USER: z.string().min(1).default('neo4j').describe('user of Neo4j'),
  RINGLEADER_NEO4J_PASSWORD: z.string().optional().describe('its password; better in a file'),
  RINGLEADER_NEO4J_PASSWORD_FILE: secretFile.optional().describe('file that holds its password'),
  RINGLEADER_NEO4J_DATABASE: z.string().min(1).default('neo4j').describe('database in that Neo4j'),
  RINGLEADER_NEO4J_DEADLINE_MS: wholeNumber(100)
    .default(30_000)
    .describe('longest wait for one call to Neo4j, its retries included'),
  RINGLEADER_REDIS: serverUrl(['redis', 'rediss'])
    .optional()
    .describe('with Neo4j: the Redis that keeps events until they are joined: redis://host:6379'),
  RINGLEADER_REDIS_PASSWORD: z.string().optional().describe('its password; better in a file'),
  RINGLEADER_REDIS_PASSWORD_FILE: secretFile.optional().describe('file that holds its password'),
  RINGLEADER_REDIS_PREFIX: z
    .string()
    .regex(/^[\w.-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, dots, dashes or underscores' })
    .default('ringleader')
    .describe('what the names of all its keys begin with'),
  RINGLEADER_REDIS_DURABILITY: z
    .enum(['always', 'everysec', 'none'])
    .default('always')
    .describe('least durability that is accepted: everysec may lose a second, none everything'),
  RINGLEADER_WAITING_EVENTS_MAX: wholeNumber(1_000)
    .default(2_000_000)
    .describe('events that may wait in Redis before more are refused for a while'),
  RINGLEADER_METRICS_PORT: wholeNumber(0, 65_535)
    .default(7374)
    .describe('port on which a worker shows its metrics and health; 0 takes a free one'),
  RINGLEADER_RISK_PER_SECOND: wholeNumber(1)
    .default(50_000)
    .describe('requests for risk a second that one key may make of one process'),
  RINGLEADER_REQUESTS_PER_SECOND: wholeNumber(1)
    .default(1_000)
    .describe('other requests a second that one key may make of one process'),
  RINGLEADER_STREAMS_MAX: wholeNumber(0)
    .default(1_000)
    .describe('streams of changes that one process keeps open'),
  RINGLEADER_STREAMS_PER_KEY_MAX: wholeNumber(0)
    .default(100)
    .describe('streams of changes that one key may have open in one process'),
  RINGLEADER_WEBHOOK_ALLOW: networks
    .default([])
    .describe(
      'addresses and networks that webhooks may call although they are not public: 10.1.2.3,fd00::/8',
    ),
  RINGLEADER_KEEP_DEAD_LETTERS_DAYS: wholeNumber(1)
    .default(90)
    .describe('days after which refused lines are forgotten'),
  ...oidcSettings,
  RINGLEADER_LOG: z
    .enum(['error', 'warn', 'info', 'debug'])
    .default('info')
    .describe('least level that is logged'),
} as const

const schema = z.object(settings)

export interface Config {
  readonly dataDir: string
  readonly host: string
  readonly port: number
  readonly keyFile?: string
  readonly policyFile?: string
  readonly facetsDir?: string
  readonly masks: boolean
  /** Kinds whose values are kept encrypted; `all` for every kind that events send. */
  readonly seal: readonly string[]
  readonly detectAfterMs: number
  readonly detectEveryMs: number
  /** Of which one is that which detects. */
  readonly detectThreads: number
  readonly keepDeadLettersDays: number
  /** Addresses and networks inside that webhooks may call. */
  readonly webhookAllow: readonly string[]
  /** Of one key, to one process. */
  readonly requestsPerSecond: { readonly risk: number; readonly other: number }
  readonly streamsMax: { readonly perKey: number; readonly perProcess: number }
  /** Set: people may come with tokens. */
  readonly oidc?: OidcConfig
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug'
  /** Set: the production profile. */
  readonly neo4j?: Neo4jConfig
  readonly redis?: RedisConfig
  readonly metricsPort: number
}

export interface Neo4jConfig {
  /** Without user and password. */
  readonly url: string
  readonly user: string
  readonly password: string
  readonly database: string
  readonly deadlineMs: number
}

export interface RedisConfig {
  /** Without user and password. */
  readonly url: string
  readonly user?: string
  readonly password?: string
  readonly prefix: string
  readonly accepts: 'always' | 'everysec' | 'none'
  readonly waitingEventsMax: number
}

export type ConfigOverrides = {
  readonly [Key in Exclude<keyof Config, 'neo4j' | 'redis'>]?: Config[Key] | undefined
} & {
  /** Addresses, as in RINGLEADER_NEO4J and RINGLEADER_REDIS. */
  readonly neo4jUrl?: string | undefined
  readonly redisUrl?: string | undefined
}

/** Throws `config_invalid` with every wrong setting at once. Options of the command line win over the environment. */
export function readConfig(
  overrides: ConfigOverrides = {},
  environment: NodeJS.ProcessEnv = process.env,
): Config {
  const { neo4jUrl, redisUrl, ...plain } = overrides
  const known = {
    ...Object.fromEntries(Object.keys(settings).map((name) => [name, environment[name]])),
    ...(neo4jUrl !== undefined && { RINGLEADER_NEO4J: neo4jUrl }),
    ...(redisUrl !== undefined && { RINGLEADER_REDIS: redisUrl }),
  }
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith('RINGLEADER_') && !(name in settings),
  )
  const parsed = schema.safeParse(known)
  const issues: Issue[] = [
    ...unknown.map((name) => ({ pointer: name, detail: 'is no setting: see ringleader config print' })),
    ...(parsed.error?.issues ?? []).map(({ path, message }) => ({
      pointer: String(path[0]),
      detail: message,
    })),
  ]
  if (parsed.data?.RINGLEADER_REDIS && !parsed.data.RINGLEADER_NEO4J) {
    issues.push({ pointer: 'RINGLEADER_REDIS', detail: 'goes with RINGLEADER_NEO4J, which is not set' })
  }
  if (parsed.data) issues.push(...oidcIssues(parsed.data))
  if (!parsed.success || issues.length > 0) throw invalid(issues)
  const present = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  return { ...configOf(parsed.data), ...present }
}

const invalid = (issues: readonly Issue[]): AppError =>
  new AppError('config_invalid', issues.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('\n'), {
    issues,
  })

type Environment = z.infer<typeof schema>

const configOf = (env: Environment): Config => ({
  dataDir: env.RINGLEADER_DATA,
  host: env.RINGLEADER_HOST,
  port: env.RINGLEADER_PORT,
  ...(env.RINGLEADER_KEY_FILE !== undefined && { keyFile: env.RINGLEADER_KEY_FILE }),
  ...(env.RINGLEADER_POLICY !== undefined && { policyFile: env.RINGLEADER_POLICY }),
  ...(env.RINGLEADER_FACETS !== undefined && { facetsDir: env.RINGLEADER_FACETS }),
  masks: env.RINGLEADER_MASKS,
  seal: env.RINGLEADER_SEAL,
  detectAfterMs: env.RINGLEADER_DETECT_AFTER_MS,
  detectEveryMs: env.RINGLEADER_DETECT_EVERY_MS,
  detectThreads: env.RINGLEADER_DETECT_THREADS,
  keepDeadLettersDays: env.RINGLEADER_KEEP_DEAD_LETTERS_DAYS,
  webhookAllow: env.RINGLEADER_WEBHOOK_ALLOW,
  requestsPerSecond: { risk: env.RINGLEADER_RISK_PER_SECOND, other: env.RINGLEADER_REQUESTS_PER_SECOND },
  streamsMax: { perKey: env.RINGLEADER_STREAMS_PER_KEY_MAX, perProcess: env.RINGLEADER_STREAMS_MAX },
  logLevel: env.RINGLEADER_LOG,
  ...oidcPart(env),
  metricsPort: env.RINGLEADER_METRICS_PORT,
  ...(env.RINGLEADER_NEO4J && { neo4j: neo4jOf(env, env.RINGLEADER_NEO4J) }),
  ...(env.RINGLEADER_REDIS && { redis: redisOf(env, env.RINGLEADER_REDIS) }),
})

function oidcPart(env: Environment): Pick<Config, 'oidc'> {
  const oidc = oidcOf(env)
  return oidc ? { oidc } : {}
}

const neo4jOf = (env: Environment, url: URL): Neo4jConfig => ({
  url: withoutSecrets(url),
  user: decodeURIComponent(url.username) || env.RINGLEADER_NEO4J_USER,
  password:
    decodeURIComponent(url.password) ||
    (env.RINGLEADER_NEO4J_PASSWORD_FILE ?? env.RINGLEADER_NEO4J_PASSWORD ?? ''),
  database: env.RINGLEADER_NEO4J_DATABASE,
  deadlineMs: env.RINGLEADER_NEO4J_DEADLINE_MS,
})

function redisOf(env: Environment, url: URL): RedisConfig {
  const password =
    decodeURIComponent(url.password) ||
    (env.RINGLEADER_REDIS_PASSWORD_FILE ?? env.RINGLEADER_REDIS_PASSWORD ?? '')
  return {
    url: withoutSecrets(url),
    ...(url.username && { user: decodeURIComponent(url.username) }),
    ...(password && { password }),
    prefix: env.RINGLEADER_REDIS_PREFIX,
    accepts: env.RINGLEADER_REDIS_DURABILITY,
    waitingEventsMax: env.RINGLEADER_WAITING_EVENTS_MAX,
  }
}

function withoutSecrets(url: URL): string {
  const plain = new URL(url)
  plain.username = ''
  plain.password = ''
  return plain.href
}

/** Every setting with what it means and what it is now; a secret is only said to be set. */
export function describeConfig(environment: NodeJS.ProcessEnv = process.env): readonly SettingLine[] {
  return Object.entries(settings).map(([name, rule]) => {
    const given = environment[name]
    const value = rule.safeParse(given)
    return {
      name,
      value: value.success ? shown(name, value.data, given) : `${holdsSecret(name) ? '' : given} (wrong)`,
      from: given === undefined ? 'default' : 'environment',
      meaning: rule.description ?? '',
    }
  })
}

/** Addresses may hold a password too. */
const holdsSecret = (name: string): boolean => /_PASSWORD$|_NEO4J$|_REDIS$/.test(name)

function shown(
  name: string,
  value: string | number | boolean | URL | readonly string[] | OidcConfig['scopesOf'] | undefined,
  given: string | undefined,
): string {
  if (value instanceof URL) return withoutSecrets(value)
  if (name.endsWith('_PASSWORD')) return given === undefined ? '' : '(set)'
  if (name.endsWith('_PASSWORD_FILE')) return given ?? ''
  return typeof value === 'object' ? (given ?? '') : String(value ?? '')
}

export interface SettingLine {
  readonly name: string
  readonly value: string
  readonly from: 'default' | 'environment'
  readonly meaning: string
}

/** For programs that this one starts. */
export const programEnvironment = (): Readonly<Record<string, string | undefined>> => process.env

/** Whether to colour text for people: on a terminal, unless NO_COLOR asks not to (no-color.org). */
export const wantsColour = (isTerminal: boolean, environment: NodeJS.ProcessEnv = process.env): boolean =>
  isTerminal && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb'
