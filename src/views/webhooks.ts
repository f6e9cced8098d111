/** Receivers of changes and what was given up, as the API and the command line show them. */
import type { DeadMessage, Webhook, WebhookProgress } from '../../graph/webhooks.ts'
import { iso } from './times.ts'

export const webhookStates = ['ok', 'failing', 'gone'] as const

/** Never the secret. */
export function webhookView(webhook: Webhook, progress?: WebhookProgress) {
  const isForgiven = (webhook.resumedAt ?? -Infinity) > (progress?.failing?.lastAt ?? -Infinity)
  const failing = isForgiven ? undefined : progress?.failing
  return {
    id: webhook.id,
    url: webhook.url,
    types: [...webhook.types],
    author: webhook.author,
    createdAt: iso(webhook.createdAt),
    state: stateOf(failing),
    after: progress?.place ?? webhook.from,
    deliveredAt: progress?.deliveredAt === undefined ? null : iso(progress.deliveredAt),
    failing: failing
      ? {
          since: iso(failing.since),
          tries: failing.tries,
          nextAt: failing.isGone ? null : iso(failing.nextAt),
          error: failing.error,
        }
      : null,
  }
}

function stateOf(failing: WebhookProgress['failing']): (typeof webhookStates)[number] {
  if (!failing) return 'ok'
  return failing.isGone ? 'gone' : 'failing'
}

export type WebhookView = ReturnType<typeof webhookView>

export const deadMessageView = ({ id, place, type, at, tries, error, again }: DeadMessage) => ({
  id,
  cursor: place,
  type,
  at: iso(at),
  tries,
  error,
  again,
})
