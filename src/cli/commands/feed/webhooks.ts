/** `ringleader webhooks`: who is told of changes as they come. */
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { AppError } from '../../../../graph/errors.ts'
import { placeText, readPlace } from '../../../../graph/feed/place.ts'
import { feedTypes } from '../../../../graph/feed/read.ts'
import { openReadingStore, openWriting } from '../../../compose.ts'
import { type WebhookView, webhookView } from '../../../views/webhooks.ts'
import { reachOf } from '../../../webhooks/addresses.ts'
import { askAgain, makeWebhook, resumeWebhook, rotateSecret } from '../../../webhooks/manage.ts'
import {
  type CommonOptions,
  configFrom,
  examples,
  type WritingOptions,
  withCommon,
  withWriting,
} from '../../options.ts'
import { remoteFrom } from '../../remote.ts'
import { table } from '../../table.ts'
import { terminal } from '../../terminal.ts'

interface CreateOptions extends WritingOptions {
  readonly types: readonly string[]
  readonly after: string
}

const anId = ['<id>', 'as webhooks list shows it'] as const

export function webhooksCommand(program: Command): void {
  const webhooks = program.command('webhooks').description('Have changes sent to receivers as they come.')
  withWriting(webhooks.command('create'))
    .description('Make a webhook; the secret its messages are signed with is shown this once.')
    .argument('<url>', 'https, at a public address or one that RINGLEADER_WEBHOOK_ALLOW names')
    .option('--types <types>', `only these, with commas between: ${feedTypes.join(', ')}`, typeList, [])
    .option('--after <cursor>', 'place in the feed to begin after', 'latest')
    .addHelpText(
      'after',
      examples([
        ['webhooks create https://soc.example/rings', 'whatever changes from now on'],
        ['webhooks create https://soc.example/new --types ring.born,ring.grew', 'only these changes'],
      ]),
    )
    .action(create)
  withCommon(webhooks.command('list'))
    .description('List webhooks and how they do, without their secrets.')
    .addHelpText('after', examples([['webhooks list', 'who is told, and how far']]))
    .action(list)
  const change = (name: string, what: string, meaning: string): Command =>
    withWriting(webhooks.command(name))
      .description(what)
      .argument(...anId)
      .addHelpText('after', examples([[`webhooks ${name} hook_0mb2c3d4e`, meaning]]))
  change('delete', 'Send a receiver nothing more, and forget it.', 'for good').action(remove)
  change('rotate', 'Make a new secret; the old one signs too for a day.', 'a day to change over').action(
    rotate,
  )
  change('resume', 'Try a failing receiver again at once.', 'after it was mended').action(resume)
  change('replay', 'Send the messages that were given up once more.', 'all of them').action(replay)
}

function typeList(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim())
  const wrong = names.find((name) => !(feedTypes as readonly string[]).includes(name))
  if (wrong !== undefined)
    throw new AppError('invalid_input', `There is no type ${wrong}: use ${feedTypes.join(', ')}`)
  return names
}

type Made = WebhookView & { readonly secret: string }

async function create(url: string, { types, after, ...options }: CreateOptions): Promise<void> {
  const remote = remoteFrom(options)
  const made = remote
    ? await remote.post<Made>('/v1/webhooks', { url, types, after })
    : await createHere(url, { types, after, ...options })
  if (options.json) return terminal.json(made)
  const { dim } = terminal.styles
  terminal.print(
    `${made.secret}\n${dim(`Messages of ${made.id} are signed with it. It is not shown again.`)}`,
  )
}

async function createHere(url: string, { types, after, ...options }: CreateOptions): Promise<Made> {
  const config = configFrom(options)
  await using writing = await openWriting(config)
  const { store, secrets } = writing
  const from = placeText(after === 'latest' ? await store.feedEnd() : readPlace(after))
  const made = await makeWebhook(
    { store, seal: secrets.seal, reach: reachOf(config.webhookAllow) },
    { url, types, from, author: userInfo().username, now: Date.now() },
  )
  return { ...webhookView(made.webhook), secret: made.secret }
}

async function list(options: CommonOptions): Promise<void> {
  await using store = await openReadingStore(configFrom(options))
  const progress = new Map((await store.webhookProgress()).map((one) => [one.webhook, one]))
  const rows = (await store.webhooks()).map((webhook) => webhookView(webhook, progress.get(webhook.id)))
  if (options.json) {
    for (const row of rows) terminal.json(row)
    return
  }
  if (rows.length === 0) return terminal.print('There are none: ringleader webhooks create URL')
  terminal.print(
    table(
      rows,
      [
        { title: 'ID', text: ({ id }) => id },
        { title: 'URL', text: ({ url }) => url },
        { title: 'STATE', text: ({ state }) => state },
        { title: 'TOLD UP TO', text: ({ after }) => after },
        { title: '', text: ({ failing }) => failing?.error ?? '' },
      ],
      terminal.styles.dim,
    ),
  )
}

async function remove(id: string, options: WritingOptions): Promise<void> {
  const remote = remoteFrom(options)
  if (remote) await remote.delete(pathOf(id))
  else {
    await using writing = await openWriting(configFrom(options))
    if (!(await writing.store.deleteWebhook(id, { by: userInfo().username, at: Date.now() })))
      throw new AppError('not_found', `There is no webhook ${id}: see ringleader webhooks list`)
  }
  if (options.json) terminal.json({ id, deleted: true })
  else terminal.print(`Webhook ${id} is sent nothing more.`)
}

const keepHours = 24

async function rotate(id: string, options: WritingOptions): Promise<void> {
  const remote = remoteFrom(options)
  const made = remote
    ? await remote.post<{ id: string; secret: string }>(`${pathOf(id)}/rotate`, { keepHours })
    : await rotateHere(id, options)
  if (options.json) terminal.json(made)
  else
    terminal.print(
      `${made.secret}\n${terminal.styles.dim(`The secret before it signs too for ${keepHours} h.`)}`,
    )
}

async function rotateHere(id: string, options: WritingOptions): Promise<{ id: string; secret: string }> {
  await using writing = await openWriting(configFrom(options))
  const around = { store: writing.store, seal: writing.secrets.seal }
  const { secret } = await rotateSecret(around, { id, keepHours, now: Date.now(), by: userInfo().username })
  return { id, secret }
}

async function resume(id: string, options: WritingOptions): Promise<void> {
  const remote = remoteFrom(options)
  if (remote) await remote.post(`${pathOf(id)}/resume`, {})
  else {
    await using writing = await openWriting(configFrom(options))
    await resumeWebhook(writing.store, { id, now: Date.now(), by: userInfo().username })
  }
  if (options.json) terminal.json({ id, resumed: true })
  else terminal.print(`Webhook ${id} is tried again at once.`)
}

async function replay(id: string, options: WritingOptions): Promise<void> {
  const remote = remoteFrom(options)
  const asked = remote
    ? (await remote.post<{ asked: number }>(`${pathOf(id)}/dead-messages:replay`, {})).asked
    : await replayHere(id, options)
  if (options.json) terminal.json({ id, asked })
  else terminal.print(`${asked} messages are sent once more.`)
}

async function replayHere(id: string, options: WritingOptions): Promise<number> {
  await using writing = await openWriting(configFrom(options))
  return await askAgain(writing.store, { id, by: userInfo().username, at: Date.now() })
}

const pathOf = (id: string): string => `/v1/webhooks/${encodeURIComponent(id)}`
