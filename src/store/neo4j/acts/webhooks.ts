/** Receivers of changes in Neo4j. */
import { webhooks as statements } from '../../../../cypher/catalogue.ts'
import type { DeadMessage, Webhook, WebhookProgress, WebhookStore } from '../../../../graph/webhooks.ts'
import { webhookDeleted, webhookSaved } from '../../../audit/acts.ts'
import type { Bolt } from '../bolt.ts'
import { append } from './audit.ts'

type Reads = Pick<WebhookStore, 'webhooks' | 'webhookProgress' | 'deadMessages'>

export const webhookReads = ({ read }: Pick<Bolt, 'read'>): Reads => ({
  async webhooks() {
    return (await read(statements.allWebhooks, {})).map(({ body }) => JSON.parse(body) as Webhook)
  },
  async webhookProgress() {
    return (await read(statements.webhookProgress, {})).map(
      ({ progress }) => JSON.parse(progress) as WebhookProgress,
    )
  },
  async deadMessages({ webhook, again, limit }) {
    const rows = await read(statements.deadMessages, {
      webhook: webhook ?? null,
      again: again ?? null,
      limit,
    })
    return rows.map(({ body }) => JSON.parse(body) as DeadMessage)
  },
})

export const webhookWrites = ({ write }: Pick<Bolt, 'write'>): Omit<WebhookStore, keyof Reads> => ({
  async saveWebhook(webhook, act) {
    const { id, url, author, createdAt } = webhook
    const properties = { url, author, createdAt: new Date(createdAt), body: JSON.stringify(webhook) }
    await write(async (run) => {
      await run(statements.saveWebhook, { id, properties })
      await append(run, webhookSaved(webhook, act))
    })
  },
  async deleteWebhook(id, act) {
    return await write(async (run) => {
      const [row] = await run(statements.deleteWebhook, { id })
      const isDeleted = row?.deleted === 1
      if (isDeleted) await append(run, webhookDeleted(id, act))
      return isDeleted
    })
  },
  async noteProgress(progress) {
    const params = { id: progress.webhook, progress: JSON.stringify(progress) }
    await write((run) => run(statements.noteProgress, params))
  },
  async buryMessage(message) {
    const { id, webhook, at, again } = message
    const properties = { webhook, at: new Date(at), again, body: JSON.stringify(message) }
    await write((run) => run(statements.buryMessage, { id, properties }))
  },
  async dropMessages(ids) {
    const [row] = await write((run) => run(statements.dropMessages, { ids }))
    return row?.dropped ?? 0
  },
  async expireMessages(before) {
    const [row] = await write((run) => run(statements.expireMessages, { before }))
    return row?.expired ?? 0
  },
})
