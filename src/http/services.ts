/** What routes may use. */

import type { ForetellOrder, Foretold } from '../../graph/foretold.ts'
import type { Clock, Intake, JobQueue, LinkStore, Secrets } from '../../graph/ports.ts'
import type { IngestServices } from '../../jobs/ingest.ts'
import type { FeedTail } from '../feed/tail.ts'
import type { Finding } from '../finding.ts'
import type { HeldAssertions } from '../live/held-assertions.ts'
import type { LiveLinks } from '../live/live-links.ts'
import type { Pages } from '../pages/page-thread.ts'
import type { SnapshotHolder } from '../snapshot/holder.ts'
import type { BorderOptions } from '../sources/admit.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics, QueueFigures } from '../telemetry/metrics.ts'
import type { Reach } from '../webhooks/addresses.ts'
import type { WireWatch } from '../wire-watch.ts'
import type { Callers } from './edge/callers.ts'
import type { RateLimits } from './edge/rate-limits.ts'
import type { Streams } from './edge/streams.ts'

export interface HttpServices {
  readonly store: LinkStore
  readonly intake: Pick<Intake, 'waiting'>
  readonly ingest: IngestServices
  /** Of the servers or the directory that everything is kept in. */
  readonly serverFindings: () => Promise<readonly Finding[]>
  /** Age of the oldest event that is durable and not yet joined; 0 when none waits. */
  readonly lagMs: () => Promise<number>
  readonly queueFigures: () => Promise<QueueFigures | undefined>
  readonly border: BorderOptions
  readonly openValue: Secrets['openValue']
  readonly unseal: Secrets['open']
  readonly seal: Secrets['seal']
  readonly reach: Reach
  readonly queue: Pick<JobQueue, 'request'>
  readonly snapshots: SnapshotHolder
  readonly live: LiveLinks
  readonly said: HeldAssertions
  readonly callers: Callers
  readonly limits: RateLimits
  readonly streams: Streams
  readonly tail: FeedTail
  readonly wires: WireWatch
  readonly pages: Pick<Pages, 'make'>
  /** What the next run would publish were something said; `undefined` where nobody can tell in time. */
  readonly foretell: (order: ForetellOrder) => Promise<Foretold | undefined>
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** False while the process is stopping. */
  readonly isServing: () => boolean
}
