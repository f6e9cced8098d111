/** Settings: one schema with a default for every key. The only reader of `process.env`. */
import { z } from 'zod'
import { AppError, type Issue } from '../graph/errors.ts'

const switchText = z.enum(['on', 'off']).transform((text) => text === 'on')
/** Digits only: an empty setting is a mistake, not 0. */
const wholeNumber = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  z
    .string()
    .regex(/^\d+$/, { error: 'must be a whole number' })
    .transform(Number)
    .pipe(z.number().min(least).max(most))

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
  RINGLEADER_DETECT_AFTER_MS: wholeNumber(100)
    .default(2_000)
    .describe('wait after new events before rings are found again'),
  RINGLEADER_DETECT_EVERY_MS: wholeNumber(1_000)
    .default(3_600_000)
    .describe('rings are found at least this often'),
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
  readonly detectAfterMs: number
  readonly detectEveryMs: number
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug'
}

export type ConfigOverrides = { readonly [Key in keyof Config]?: Config[Key] | undefined }

/** Throws `config_invalid` with every wrong setting at once. Options of the command line win over the environment. */
export function readConfig(
  overrides: ConfigOverrides = {},
  environment: NodeJS.ProcessEnv = process.env,
): Config {
  const known = Object.fromEntries(Object.keys(settings).map((name) => [name, environment[name]]))
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
  if (!parsed.success || issues.length > 0) throw invalid(issues)
  const present = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined))
  return { ...configOf(parsed.data), ...present }
}

const invalid = (issues: readonly Issue[]): AppError =>
  new AppError('config_invalid', issues.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('\n'), {
    issues,
  })

const configOf = (env: z.infer<typeof schema>): Config => ({
  dataDir: env.RINGLEADER_DATA,
  host: env.RINGLEADER_HOST,
  port: env.RINGLEADER_PORT,
  ...(env.RINGLEADER_KEY_FILE !== undefined && { keyFile: env.RINGLEADER_KEY_FILE }),
  ...(env.RINGLEADER_POLICY !== undefined && { policyFile: env.RINGLEADER_POLICY }),
  ...(env.RINGLEADER_FACETS !== undefined && { facetsDir: env.RINGLEADER_FACETS }),
  masks: env.RINGLEADER_MASKS,
  detectAfterMs: env.RINGLEADER_DETECT_AFTER_MS,
  detectEveryMs: env.RINGLEADER_DETECT_EVERY_MS,
  logLevel: env.RINGLEADER_LOG,
})

/** Every setting with what it means and what it is now; none of them is a secret. */
export function describeConfig(environment: NodeJS.ProcessEnv = process.env): readonly SettingLine[] {
  return Object.entries(settings).map(([name, rule]) => {
    const given = environment[name]
    const value = rule.safeParse(given)
    return {
      name,
      value: value.success ? String(value.data ?? '') : `${given} (wrong)`,
      from: given === undefined ? 'default' : 'environment',
      meaning: rule.description ?? '',
    }
  })
}

export interface SettingLine {
  readonly name: string
  readonly value: string
  readonly from: 'default' | 'environment'
  readonly meaning: string
}

/** Whether to colour text for people: on a terminal, unless NO_COLOR asks not to (no-color.org). */
export const wantsColour = (isTerminal: boolean, environment: NodeJS.ProcessEnv = process.env): boolean =>
  isTerminal && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb'
