/** What jobs may use. */

import type { Clock, DetectionEngine, Intake, JobQueue, LinkStore } from '../graph/ports.ts'
import type { Publication } from '../graph/ring.ts'

export interface Services {
  readonly store: LinkStore
  readonly intake: Intake
  readonly engine: DetectionEngine
  readonly queue: Pick<JobQueue, 'request'>
  readonly clock: Clock
  /** How soon after new events rings are found again. */
  readonly detectAfterMs: number
  readonly keepDeadLettersDays: number
  /** Told after each publish, so that who serves can serve it. */
  readonly published: (publication: Publication) => Promise<void>
  /** Facts about a job that ended, for the log. */
  readonly report: (job: JobName, facts: Readonly<Record<string, number>>) => void
}

export type JobName = 'record' | 'detect' | 'expire' | 'retrain'

export interface Job<Name extends JobName = JobName> {
  readonly name: Name
  run(services: Services): Promise<void>
}
