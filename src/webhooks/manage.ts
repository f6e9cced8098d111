/** What people do with webhooks: make, rotate, resume, have dead messages sent again. */
import { randomBytes } from 'node:crypto'
import type { AuditStore, Doing } from '../../graph/audit.ts'
import { AppError } from '../../graph/errors.ts'
import type { Secrets } from '../../graph/ports.ts'
import type { SigningSecret, Webhook, WebhookStore } from '../../graph/webhooks.ts'
import { webhookReplayed } from '../audit/acts.ts'
import { newId } from '../ids.ts'
import type { Reach } from './addresses.ts'
import { checkedAddresses, RefusedAddress, type Resolve, systemResolve } from './post.ts'

export const urlLettersMax = 2_048
/** Each receiver is told of every change, one message at a time. */
export const webhooksMax = 50
const secretBytes = 32
const hourMs = 3_600_000

export interface NewWebhook {
  readonly webhook: Webhook
  /** `whsec_...`: shown this once. */
  readonly secret: string
}

export interface WebhookOrder {
  readonly url: string
  readonly types: readonly string[]
  readonly author: string
  readonly from: string
  readonly now: number
}

interface Around {
  readonly store: Pick<WebhookStore, 'saveWebhook' | 'webhooks'>
  readonly seal: Secrets['seal']
  readonly reach: Reach
  readonly resolve?: Resolve
}

/** Throws `invalid_input` for an address that may not be called, and `conflict` when there are too many. */
export async function makeWebhook(around: Around, order: WebhookOrder): Promise<NewWebhook> {
  const url = await checkedUrl(order.url, around)
  if ((await around.store.webhooks()).length >= webhooksMax)
    throw new AppError('conflict', `There are ${webhooksMax} webhooks, and may be no more: delete one`)
  const { secret, sealed } = newSecret(around)
  const webhook: Webhook = {
    id: newId('hook', order.now),
    url,
    types: order.types,
    author: order.author,
    createdAt: order.now,
    from: order.from,
    secrets: [{ sealed }],
  }
  await around.store.saveWebhook(webhook)
  return { webhook, secret }
}

/** What a name stands for is checked with every message; here, so that a mistake is told at once. */
async function checkedUrl(text: string, { reach, resolve = systemResolve }: Around): Promise<string> {
  const url = text.length > urlLettersMax ? null : URL.parse(text)
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw new AppError(
      'invalid_input',
      `A webhook's url is like https://host/path, of at most ${urlLettersMax} letters, without user and password`,
    )
  try {
    await checkedAddresses(url, { reach, resolve })
  } catch (error) {
    if (!(error instanceof RefusedAddress)) return url.href
    throw new AppError(
      'invalid_input',
      'This address may not be called: it must be public, and its url begin with https. An operator may allow receivers inside with RINGLEADER_WEBHOOK_ALLOW',
    )
  }
  return url.href
}

function newSecret({ seal }: Pick<Around, 'seal'>): { secret: string; sealed: string } {
  const bytes = randomBytes(secretBytes)
  return {
    secret: `whsec_${bytes.toString('base64')}`,
    sealed: Buffer.from(seal(bytes)).toString('base64'),
  }
}

/** A new secret; the one before signs beside it for `keepHours`. Throws `not_found`. */
export async function rotateSecret(
  around: Pick<Around, 'store' | 'seal'>,
  { id, keepHours, now, by }: { id: string; keepHours: number; now: number; by: string },
): Promise<NewWebhook> {
  const webhook = await findWebhook(around.store, id)
  const { secret, sealed } = newSecret(around)
  const until = now + keepHours * hourMs
  const old: readonly SigningSecret[] = webhook.secrets
    .filter((one) => (one.until ?? Infinity) > now)
    .map((one) => ({ ...one, until: Math.min(one.until ?? Infinity, until) }))
  const rotated = { ...webhook, secrets: [{ sealed }, ...old] }
  await around.store.saveWebhook(rotated, { by, at: now })
  return { webhook: rotated, secret }
}

/** Forgets the failures, so that the next message is tried at once. Throws `not_found`. */
export async function resumeWebhook(
  store: Around['store'],
  { id, now, by }: { id: string; now: number; by: string },
): Promise<Webhook> {
  const webhook = { ...(await findWebhook(store, id)), resumedAt: now }
  await store.saveWebhook(webhook, { by, at: now })
  return webhook
}

export async function findWebhook(store: Pick<WebhookStore, 'webhooks'>, id: string): Promise<Webhook> {
  const webhook = (await store.webhooks()).find((one) => one.id === id)
  if (!webhook) throw new AppError('not_found', 'There is no such webhook: see ringleader webhooks list')
  return webhook
}

const againMax = 1_000

/** Has dead messages sent once more; how many those are. Throws `not_found`. */
export async function askAgain(
  store: Pick<WebhookStore, 'webhooks' | 'deadMessages' | 'buryMessage'> & Pick<AuditStore, 'noteAct'>,
  { id, ids, ...act }: Doing & { readonly id: string; readonly ids?: readonly string[] | undefined },
): Promise<number> {
  await findWebhook(store, id)
  const dead = await store.deadMessages({ webhook: id, again: false, limit: againMax })
  const asked = ids ? dead.filter((message) => ids.includes(message.id)) : dead
  if (asked.length === 0) return 0
  const messages = asked.map((message) => message.id)
  await store.noteAct(webhookReplayed(id, messages, act))
  for (const message of asked) await store.buryMessage({ ...message, again: true })
  return asked.length
}
