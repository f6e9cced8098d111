/** Receivers of changes: who is told, how far, and what was given up. */
import { z } from 'zod'
import { AppError } from '../../../../graph/errors.ts'
import { beginning, placeText } from '../../../../graph/feed/place.ts'
import { feedTypes } from '../../../../graph/feed/read.ts'
import { deadMessageView, webhookStates, webhookView } from '../../../views/webhooks.ts'
import {
  askAgain,
  findWebhook,
  makeWebhook,
  resumeWebhook as resume,
  rotateSecret,
  urlLettersMax,
} from '../../../webhooks/manage.ts'
import { route } from '../../route.ts'
import { placeOf } from './changes.ts'

const time = z.iso.datetime()

const webhookSchema = z
  .strictObject({
    id: z.string(),
    url: z.string(),
    types: z.array(z.string()).describe('Of the feed’s items it is sent those; empty: all'),
    author: z.string(),
    createdAt: time,
    state: z.enum(webhookStates).describe('gone: it answered 410, and is sent nothing more'),
    after: z.string().describe('Place in the feed up to which all was taken, is not wanted, or is dead'),
    deliveredAt: time.nullable(),
    failing: z
      .strictObject({
        since: time,
        tries: z.int().describe('Of the message that is next'),
        nextAt: time.nullable(),
        error: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'Webhook' })

const secret = z.string().describe('whsec_...: what messages are signed with. Shown this once')

const deadMessageSchema = z
  .strictObject({
    id: z.string().describe('As the receiver saw it in webhook-id'),
    cursor: z.string().describe('Of its item in the feed'),
    type: z.string(),
    at: time,
    tries: z.int(),
    error: z.string(),
    again: z.boolean().describe('Is about to be sent once more'),
  })
  .meta({ id: 'DeadMessage' })

const params = z.strictObject({ webhook: z.string().min(1).max(64) })

export const listWebhooks = route({
  method: 'get',
  path: '/v1/webhooks',
  summary: 'Who is told of changes, and how that goes.',
  scope: 'admin',
  reply: z.strictObject({ items: z.array(webhookSchema) }),

  async handle({ store }) {
    const [webhooks, all] = await Promise.all([store.webhooks(), store.webhookProgress()])
    const progress = new Map(all.map((one) => [one.webhook, one]))
    return { items: webhooks.map((webhook) => webhookView(webhook, progress.get(webhook.id))) }
  },
})

export const createWebhook = route({
  method: 'post',
  path: '/v1/webhooks',
  summary: 'Has changes sent to a receiver as they come, signed. Its secret is shown this once.',
  scope: 'admin',
  secret: true,
  status: 201,
  body: z
    .strictObject({
      url: z.string().min(1).max(urlLettersMax).describe('https, and at a public address'),
      types: z.array(z.enum(feedTypes)).max(feedTypes.length).default([]).describe('Empty: all'),
      after: z.string().max(128).default('latest').describe('Place in the feed to begin after'),
    })
    .meta({ id: 'NewWebhook' }),
  reply: webhookSchema.extend({ secret }),
  problems: ['conflict'],

  async handle(services, { body: { url, types, after }, caller }) {
    const { store, clock, queue } = services
    const from = placeText((await placeOf(services, after)) ?? beginning)
    const made = await makeWebhook(services, { url, types, from, author: caller, now: clock() })
    await queue.request('deliver')
    const all = await store.webhookProgress()
    const progress = all.find((one) => one.webhook === made.webhook.id)
    return { ...webhookView(made.webhook, progress), secret: made.secret }
  },
})

export const deleteWebhook = route({
  method: 'delete',
  path: '/v1/webhooks/{webhook}',
  summary: 'Sends a receiver nothing more, and forgets it.',
  scope: 'admin',
  params,
  reply: z.strictObject({ id: z.string(), deleted: z.literal(true) }),
  problems: ['not_found'],

  async handle({ store, clock }, { params: { webhook }, caller }) {
    if (!(await store.deleteWebhook(webhook, { by: caller, at: clock() })))
      throw new AppError('not_found', 'There is no such webhook')
    return { id: webhook, deleted: true as const }
  },
})

export const rotateWebhook = route({
  method: 'post',
  path: '/v1/webhooks/{webhook}/rotate',
  summary: 'Makes a new secret; messages are signed with the old one too for some hours.',
  scope: 'admin',
  secret: true,
  status: 201,
  params,
  body: z
    .strictObject({
      keepHours: z.number().min(0).max(720).default(24).describe('How long the old one signs too'),
    })
    .meta({ id: 'SecretRotation' }),
  reply: z.strictObject({ id: z.string(), secret }),
  problems: ['not_found'],

  async handle(services, { params: { webhook: id }, body: { keepHours }, caller }) {
    const order = { id, keepHours, now: services.clock(), by: caller }
    const made = await rotateSecret(services, order)
    return { id, secret: made.secret }
  },
})

export const resumeWebhook = route({
  method: 'post',
  path: '/v1/webhooks/{webhook}/resume',
  summary: 'Tries a failing receiver again at once, also one that was gone.',
  scope: 'admin',
  params,
  reply: z.strictObject({ id: z.string(), resumed: z.literal(true) }),
  problems: ['not_found'],

  async handle({ store, clock, queue }, { params: { webhook: id }, caller }) {
    await resume(store, { id, now: clock(), by: caller })
    await queue.request('deliver')
    return { id, resumed: true as const }
  },
})

export const listDeadMessages = route({
  method: 'get',
  path: '/v1/webhooks/{webhook}/dead-messages',
  summary: 'Messages to a receiver that were given up, oldest first.',
  scope: 'admin',
  params,
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(1_000).default(100) }),
  reply: z.strictObject({ items: z.array(deadMessageSchema) }),
  problems: ['not_found'],

  async handle({ store }, { params: { webhook: id }, query: { limit } }) {
    const { id: webhook } = await findWebhook(store, id)
    return { items: (await store.deadMessages({ webhook, limit })).map(deadMessageView) }
  },
})

export const replayMessages = route({
  method: 'post',
  path: '/v1/webhooks/{webhook}/dead-messages:replay',
  summary: 'Sends dead messages once more: those named, or all.',
  scope: 'admin',
  params,
  body: z
    .strictObject({ ids: z.array(z.string().max(64)).min(1).max(1_000).optional() })
    .meta({ id: 'MessageReplay' }),
  reply: z.strictObject({ asked: z.int() }),
  problems: ['not_found'],

  async handle({ store, queue, clock }, { params: { webhook: id }, body: { ids }, caller }) {
    const asked = await askAgain(store, { id, ids, by: caller, at: clock() })
    await queue.request('deliver')
    return { asked }
  },
})
