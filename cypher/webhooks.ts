/** Statements on receivers of changes. */
import type { Properties } from './state.ts'
import { type None, statement } from './statement.ts'

export const webhooks = {
  saveWebhook: statement<{ id: string; properties: Properties }>('webhooks/save'),
  allWebhooks: statement<None, { body: string }>('webhooks/all'),
  deleteWebhook: statement<{ id: string }, { deleted: number }>('webhooks/delete'),
  webhookProgress: statement<None, { progress: string }>('webhooks/progress'),
  noteProgress: statement<{ id: string; progress: string }>('webhooks/note-progress'),
  buryMessage: statement<{ id: string; properties: Properties }>('webhooks/bury'),
  deadMessages: statement<{ webhook: string | null; again: boolean | null; limit: number }, { body: string }>(
    'webhooks/dead',
  ),
  dropMessages: statement<{ ids: readonly string[] }, { dropped: number }>('webhooks/drop'),
  expireMessages: statement<{ before: number }, { expired: number }>('webhooks/expire'),
}
