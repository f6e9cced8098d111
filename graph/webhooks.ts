/** Who is told of changes as they come, and how far each of them was told. */

import type { Doing } from './audit.ts'

/** A receiver. People change it; what became of messages to it is `WebhookProgress`. */
export interface Webhook {
  readonly id: string
  readonly url: string
  /** Of the feed's items it wants those; empty: all. */
  readonly types: readonly string[]
  readonly author: string
  readonly createdAt: number
  /** The place in the feed after which it is told. */
  readonly from: string
  /** What its messages are signed with, newest first. */
  readonly secrets: readonly SigningSecret[]
  /** When somebody last asked to try it again at once: failures before that count no longer. */
  readonly resumedAt?: number
}

export interface SigningSecret {
  /** Encrypted with the deployment's key, base64. */
  readonly sealed: string
  /** Of a secret that was replaced: signs beside the new one until then. */
  readonly until?: number
}

export interface WebhookProgress {
  readonly webhook: string
  /** The place in the feed up to which everything was taken, is not wanted, or is dead. */
  readonly place: string
  readonly deliveredAt?: number
  /** Absent while all goes well. */
  readonly failing?: Failing
}

export interface Failing {
  readonly since: number
  readonly lastAt: number
  /** Failed tries of the message that is next. */
  readonly tries: number
  readonly nextAt: number
  readonly error: string
  /** The receiver said that it is gone for good. */
  readonly isGone?: boolean
}

/** A message that was given up; it can be sent again, because its item stays in the feed. */
export interface DeadMessage {
  /** As the receiver saw it in `webhook-id`. */
  readonly id: string
  readonly webhook: string
  /** Of its item. */
  readonly place: string
  readonly type: string
  readonly at: number
  readonly tries: number
  readonly error: string
  /** Somebody asked for it to be sent once more. */
  readonly again: boolean
}

export interface WebhookStore {
  /** Makes it, or replaces what people say of it; `act` says who did so, and when, where it is not the author. */
  saveWebhook(webhook: Webhook, act?: Doing): Promise<void>
  /** Oldest first. */
  webhooks(): Promise<readonly Webhook[]>
  /** With its progress and dead messages. False when there is none. */
  deleteWebhook(id: string, act?: Doing): Promise<boolean>
  webhookProgress(): Promise<readonly WebhookProgress[]>
  /** Nothing when the webhook was deleted meanwhile. */
  noteProgress(progress: WebhookProgress): Promise<void>
  /** The same id again replaces it. */
  buryMessage(message: DeadMessage): Promise<void>
  /** Oldest first. */
  deadMessages(options: { webhook?: string; again?: boolean; limit: number }): Promise<readonly DeadMessage[]>
  /** Counts what was dropped. */
  dropMessages(ids: readonly string[]): Promise<number>
  /** Drops what died before a moment; how many those were. */
  expireMessages(before: number): Promise<number>
}
