/** Options that commands share, and the settings they lead to. */
import { type Command, InvalidArgumentError } from 'commander'
import { type Config, readConfig } from '../config.ts'

export interface CommonOptions {
  readonly json?: boolean
  readonly data?: string
  readonly neo4j?: string
  readonly redis?: string
}

export interface WritingOptions extends CommonOptions {
  readonly url?: string
  readonly key?: string
}

export const withCommon = (command: Command): Command =>
  command
    .option('--json', 'print JSON for programs: one object a line')
    .option('--data <dir>', 'directory of the embedded store (default: .ringleader)')
    .option(
      '--neo4j <url>',
      'use this Neo4j instead: bolt://host:7687 (password: RINGLEADER_NEO4J_PASSWORD_FILE)',
    )
    .option('--redis <url>', 'and this Redis: redis://host:6379')

export const withWriting = (command: Command): Command =>
  withCommon(command)
    .option('--url <url>', 'have a running server do it, which owns its data directory')
    .option('--key <key>', 'API key for --url')

export const configFrom = (
  { data, neo4j, redis }: CommonOptions,
  more: Parameters<typeof readConfig>[0] = {},
): Config => readConfig({ ...more, dataDir: data, neo4jUrl: neo4j, redisUrl: redis })

export function wholeNumber(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError('It must be a whole number.')
  return value
}

export function port(text: string): number {
  const value = wholeNumber(text)
  if (value > 65_535) throw new InvalidArgumentError('It must be at most 65535.')
  return value
}

export function probability(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('It must be from 0 to 1.')
  return value
}

export function time(text: string): number {
  const value = Date.parse(text)
  if (Number.isNaN(value)) throw new InvalidArgumentError('It must be a time such as 2026-05-02T10:15:00Z.')
  return value
}

/** Examples under `--help`, a command and what it does. */
export const examples = (lines: readonly (readonly [command: string, meaning: string])[]): string =>
  `\nExamples:\n${lines.map(([command, meaning]) => `  $ ringleader ${command}\n      ${meaning}`).join('\n')}\n`
