/** What a composed profile offers, in the words of the ports. */
import type { ForetellOrder, Foretold } from '../../graph/foretold.ts'
import type { Clock, Intake, JobQueue, LinkStore, ReadingStore, Receipt, Secrets } from '../../graph/ports.ts'
import type { Courier } from '../../jobs/services.ts'
import type { Config } from '../config.ts'
import type { EventText } from '../event-text.ts'
import type { Finding } from '../finding.ts'
import type { BorderOptions } from '../sources/admit.ts'
import type { Log } from '../telemetry/log.ts'
import type { QueueFigures } from '../telemetry/metrics.ts'
import { reachOf } from '../webhooks/addresses.ts'
import { openCourier } from '../webhooks/courier.ts'

/** What is kept for days is looked at once an hour. */
const expireEveryMs = 3_600_000
/** Commands publish without a word to anybody, and a process may die before it asked for the next try. */
const deliverEveryMs = 60_000
/** It reads the whole state. */
const checkEveryMs = 86_400_000
/** Labels come in by the day. */
const retrainEveryMs = 7 * 86_400_000

/** Jobs that run though nobody asks for them. */
export async function scheduleJobs(
  queue: JobQueue,
  { detectEveryMs }: Pick<Config, 'detectEveryMs'>,
): Promise<void> {
  await queue.schedule('detect', detectEveryMs)
  await queue.schedule('expire', expireEveryMs)
  await queue.schedule('retrain', retrainEveryMs)
  await queue.schedule('deliver', deliverEveryMs)
  await queue.request('deliver')
  await queue.schedule('check', checkEveryMs)
}

export const courierOf = (
  { webhookAllow }: Pick<Config, 'webhookAllow'>,
  { secrets, clock }: { secrets: Secrets; clock: Clock },
): Courier => openCourier({ reach: reachOf(webhookAllow), unseal: secrets.open, clock })

/** What a command that writes works with. */
export interface Writing extends AsyncDisposable {
  /** The settings it was opened with, for threads of its own. */
  readonly config: Config
  readonly store: LinkStore & Intake
  /** What the store's `accept` does, of events that are JSON already. */
  readonly acceptTexts: (events: readonly EventText[]) => Promise<readonly Receipt[]>
  readonly border: BorderOptions
  readonly secrets: Secrets
  /** Events stored in one step while a file is read: each step waits for the disk, or is a message that cannot be too long. */
  readonly storedTogether: number
  /** Joins all that waits, for a command that has the time. */
  readonly settle: (onProgress?: (done: number, of: number) => void) => Promise<void>
  /** Events that may wait for it while a command goes on taking in more. */
  readonly waitingMax: number
  /** Makes the state again from the log alone, where there is one. */
  readonly rebuild?: (onProgress?: (done: number, of: number) => void) => Promise<void>
}

/** What the API of a process works with. */
export interface Serving extends AsyncDisposable {
  readonly store: LinkStore
  readonly intake: Intake
  readonly border: BorderOptions
  readonly secrets: Secrets
  readonly queue: JobQueue
  readonly announce: (url: string) => Promise<void>
  /** What the next run would publish were something said; `undefined` where nobody can tell in time. */
  readonly foretell: (order: ForetellOrder) => Promise<Foretold | undefined>
  /** Age of the oldest event that is durable and not yet joined; 0 when none waits. */
  readonly lagMs: () => Promise<number>
  /** What is well and what is not with what everything is kept in. */
  readonly findings: () => Promise<readonly Finding[]>
  /** Figures of the queue for /metrics; none where the queue is this process. */
  readonly queueFigures: () => Promise<QueueFigures | undefined>
}

export interface ServingOptions {
  readonly log: Log
  readonly clock?: Clock
  /** Told of every published snapshot, so that it can be served. */
  readonly published: (snapshot: Uint8Array) => Promise<void>
}

/** A process that does what events and schedules ask for, and serves no API. */
export type Working = Omit<Serving, 'announce'>

/** One way to keep and to run everything. */
export interface Profile {
  /** A view beside whoever writes. Throws `store_missing` where nothing was stored. */
  openReading(): Promise<ReadingStore & AsyncDisposable>
  openWriting(clock: Clock): Promise<Writing>
  openServing(options: ServingOptions): Promise<Serving>
  openWorking(options: Pick<ServingOptions, 'log' | 'clock'>): Promise<Working>
  /** Brings the stored data's schema up to date; what was made. */
  migrate(): Promise<readonly string[]>
  /** What is well and what is not with servers, directories and their settings. */
  findings(): Promise<readonly Finding[]>
}
