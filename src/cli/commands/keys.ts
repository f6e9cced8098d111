/** `ringleader keys`: who may call the API. */
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { AppError } from '../../../graph/errors.ts'
import { openReadingStore, openWriting } from '../../compose.ts'
import { makeKey, rotateKey } from '../../http/keys.ts'
import { isScope, type Scope, scopes } from '../../http/scopes.ts'
import { iso } from '../../views/times.ts'
import {
  type CommonOptions,
  configFrom,
  examples,
  type WritingOptions,
  withCommon,
  withWriting,
} from '../options.ts'
import { remoteFrom } from '../remote.ts'
import { table } from '../table.ts'
import { terminal } from '../terminal.ts'

interface CreateOptions extends WritingOptions {
  readonly name: string
  readonly scope: readonly Scope[]
}

export function keysCommand(program: Command): void {
  const keys = program.command('keys').description('Make, list and revoke API keys.')
  withWriting(keys.command('create'))
    .description('Make a key; its text is shown this once.')
    .requiredOption('--name <name>', 'who will use it')
    .requiredOption(
      '--scope <scopes>',
      `what it may do, with commas between: ${scopes.join(', ')}`,
      scopeList,
    )
    .addHelpText(
      'after',
      examples([['keys create --name scoring --scope risk:read,rings:read', 'for a scoring service']]),
    )
    .action(createKey)
  withCommon(keys.command('list'))
    .description('List keys, without their secrets.')
    .addHelpText('after', examples([['keys list', 'revoked ones too']]))
    .action(listKeys)
  withWriting(keys.command('rotate'))
    .description('Make a key like another, which goes on for some hours.')
    .argument('<id>', 'as keys list shows it')
    .option('--keep-hours <hours>', 'how long the old key goes on', wholeHours, 24)
    .addHelpText(
      'after',
      examples([['keys rotate key0123456789ab --keep-hours 48', 'two days to change over']]),
    )
    .action(rotate)
  withWriting(keys.command('revoke'))
    .description('Revoke a key; a server refuses it within a second.')
    .argument('<id>', 'as keys list shows it')
    .addHelpText('after', examples([['keys revoke key0123456789ab', 'for good']]))
    .action(revokeKey)
}

function scopeList(text: string): readonly Scope[] {
  const names = text.split(',').map((name) => name.trim())
  const wrong = names.find((name) => !isScope(name))
  if (wrong !== undefined)
    throw new AppError('invalid_input', `There is no scope ${wrong}: use ${scopes.join(', ')}`)
  return names.filter(isScope)
}

async function createKey({ name, scope, ...options }: CreateOptions): Promise<void> {
  const remote = remoteFrom(options)
  const made = remote
    ? await remote.post<{ id: string; key: string; scopes: string[] }>('/v1/keys', { name, scopes: scope })
    : await createKeyHere({ name, scope, ...options })
  if (options.json) terminal.json(made)
  else
    terminal.print(
      `${made.key}\n${terminal.styles.dim(`Key ${made.id} may: ${made.scopes.join(', ')}. It is not shown again.`)}`,
    )
}

async function createKeyHere({ name, scope, ...options }: CreateOptions) {
  await using writing = await openWriting(configFrom(options))
  const { key, token } = makeKey({ name, scopes: scope, now: Date.now() })
  await writing.store.saveKey(key, userInfo().username)
  return { id: key.id, key: token, scopes: key.scopes }
}

interface RotateOptions extends WritingOptions {
  readonly keepHours: number
}

function wholeHours(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= 720) return Number(text)
  throw new AppError('invalid_input', '--keep-hours must be a whole number from 0 to 720')
}

async function rotate(id: string, { keepHours, ...options }: RotateOptions): Promise<void> {
  const remote = remoteFrom(options)
  const made = remote
    ? await remote.post<{ id: string; key: string; scopes: string[] }>(
        `/v1/keys/${encodeURIComponent(id)}/rotate`,
        { keepHours },
      )
    : await rotateHere(id, keepHours, options)
  if (options.json) terminal.json(made)
  else
    terminal.print(
      `${made.key}\n${terminal.styles.dim(`Key ${made.id} takes the place of ${id}, which goes on for ${keepHours} h.`)}`,
    )
}

async function rotateHere(id: string, keepHours: number, options: WritingOptions) {
  await using writing = await openWriting(configFrom(options))
  const times = { keepMs: keepHours * 3_600_000, now: Date.now(), by: userInfo().username }
  const { key, token } = await rotateKey(writing.store, id, times)
  return { id: key.id, key: token, scopes: key.scopes }
}

async function listKeys(options: CommonOptions): Promise<void> {
  await using store = await openReadingStore(configFrom(options))
  const keys = await store.keys()
  if (options.json) {
    for (const { id, name, scopes: granted, createdAt, revokedAt } of keys) {
      terminal.json({
        id,
        name,
        scopes: granted,
        createdAt: iso(createdAt),
        revokedAt: revokedAt === undefined ? null : iso(revokedAt),
      })
    }
    return
  }
  terminal.print(
    table(
      keys,
      [
        { title: 'ID', text: ({ id }) => id },
        { title: 'NAME', text: ({ name }) => name },
        { title: 'SCOPES', text: ({ scopes: granted }) => granted.join(', ') },
        { title: 'MADE', text: ({ createdAt }) => iso(createdAt).slice(0, 10) },
        { title: '', text: ({ revokedAt }) => standingOf(revokedAt) },
      ],
      terminal.styles.dim,
    ),
  )
}

function standingOf(revokedAt: number | undefined): string {
  if (revokedAt === undefined) return ''
  return revokedAt <= Date.now() ? 'revoked' : `until ${iso(revokedAt)}`
}

async function revokeKey(id: string, options: WritingOptions): Promise<void> {
  const remote = remoteFrom(options)
  if (remote) await remote.delete(`/v1/keys/${encodeURIComponent(id)}`)
  else {
    await using writing = await openWriting(configFrom(options))
    if (!(await writing.store.revokeKey(id, Date.now(), userInfo().username)))
      throw new AppError('not_found', `There is no live key ${id}: see ringleader keys list`)
  }
  if (options.json) terminal.json({ id, revoked: true })
  else terminal.print(`Key ${id} is revoked.`)
}
