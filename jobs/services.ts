/** What jobs may use. */

import type { FeedItem } from '../graph/feed/read.ts'
import type { Clock, DetectionEngine, Intake, JobQueue, LinkStore } from '../graph/ports.ts'
import type { Publication } from '../graph/ring.ts'
import type { Webhook } from '../graph/webhooks.ts'

export interface Services {
  readonly store: LinkStore
  readonly intake: Intake
  readonly engine: DetectionEngine
  readonly queue: Pick<JobQueue, 'request'>
  readonly clock: Clock
  readonly courier: Courier
  /** How soon after new events rings are found again. */
  readonly detectAfterMs: number
  readonly keepDeadLettersDays: number
  /** Told after each publish, so that who serves can serve it. */
  readonly published: (publication: Publication) => Promise<void>
  /** Facts about a job that ended, for the log. */
  readonly report: (job: JobName, facts: Readonly<Record<string, number>>) => void
  /** Somebody has to look. */
  readonly alarm: (message: string, facts: Readonly<Record<string, number>>) => void
}

/** Takes a message to its receiver. */
export interface Courier {
  /** `webhook-id`: the same item to the same receiver has the same, whenever it is sent. */
  messageId(webhook: Webhook, place: string): string
  /** Signs and sends it once. Never throws for what the receiver or the network did. */
  send(webhook: Webhook, item: FeedItem): Promise<Sent>
}

export type Sent =
  | { readonly isTaken: true }
  | { readonly isTaken: false; readonly error: string; readonly isGone?: boolean }

export type JobName = 'record' | 'detect' | 'expire' | 'retrain' | 'deliver' | 'check'

export interface Job<Name extends JobName = JobName> {
  readonly name: Name
  run(services: Services): Promise<void>
}
