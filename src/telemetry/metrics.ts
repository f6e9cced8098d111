/** What is counted, in Prometheus' form. Labels are few and never personal. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  request(route: string, status: number, seconds: number): void
  line(stream: 'events' | 'labels', status: string, count: number): void
  detection(facts: { version: number; rings: number; links: number; accounts: number; seconds: number }): void
  /** Figures read when somebody asks. */
  gauges(figures: {
    waiting: number
    newestEventAgeSeconds: number
    ingestLagSeconds: number
    detectionAgeSeconds: number
    undetectedChanges: number
    calibrationLocal: number
    snapshotAgeSeconds: number
    deadLetters: number
    flaggedShare: number
    reviewedShare: number
    shiftAlarm: number
    detectionMismatches: number
  }): void
  queue(figures: QueueFigures): void
  /** Active rings by class, and accounts in them. */
  ringsByClass(classes: ReadonlyMap<string, { rings: number; accounts: number }>): void
  /** What people decided, and whether it still holds. */
  verdicts(counts: readonly { verdict: string; count: number }[]): void
  text(): Promise<string>
}

/** Of the queue between the API and the workers. */
export interface QueueFigures {
  readonly jobs: readonly { readonly queue: string; readonly state: string; readonly jobs: number }[]
  readonly oldestSeconds: number
  /** Used of what Redis may use, of 1; 0 without a limit. */
  readonly memoryRatio: number
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'ringleader_' })
  const { requests, lines, detections } = counted(registry)
  const requestsOf = remembered((route: string, status: number) => requests.labels({ route, status }))
  const published = {
    version: gauge(registry, 'published_version', 'Number of the newest publish'),
    rings: gauge(registry, 'rings', 'Active rings'),
    links: gauge(registry, 'links', 'Pairs of linked accounts at the newest publish'),
    accounts: gauge(registry, 'accounts', 'Known accounts at the newest publish'),
  }
  const now = stateGauges(registry)
  const queue = queueGauges(registry)
  const classes = classGauges(registry)
  return {
    queue,
    ...classes,
    request: (route, status, seconds) => requestsOf(route, status).observe(seconds),
    line: (stream, status, count) => lines.inc({ stream, status }, count),
    detection({ version, rings, links, accounts, seconds }) {
      detections.observe(seconds)
      setAll(published, { version, rings, links, accounts })
    },
    gauges: (figures) => setAll(now, figures),
    text: () => registry.metrics(),
  }
}

/** Of the moment: what waits, how old things are, what models say. */
const stateGauges = (registry: Registry) => ({
  waiting: gauge(registry, 'events_waiting', 'Durable events not yet joined into the state'),
  newestEventAgeSeconds: gauge(registry, 'newest_event_age_seconds', 'Age of the newest event'),
  ingestLagSeconds: gauge(registry, 'ingest_lag_seconds', 'Age of the oldest event not yet joined'),
  detectionAgeSeconds: gauge(registry, 'detection_age_seconds', 'Time since a run was published'),
  undetectedChanges: gauge(registry, 'undetected_changes', 'Changes of the state that no published run saw'),
  calibrationLocal: gauge(registry, 'models_local', '1 where models of your own labels judge, 0 for shipped'),
  snapshotAgeSeconds: gauge(registry, 'snapshot_age_seconds', 'Time since what is served was published'),
  deadLetters: gauge(registry, 'dead_letters', 'Refused lines that wait for a decision'),
  flaggedShare: gauge(registry, 'models_flagged_share', 'Accounts that the models would flag, of 1'),
  reviewedShare: gauge(registry, 'models_reviewed_share', 'Accounts with a risk for review or above, of 1'),
  shiftAlarm: gauge(registry, 'models_shift_alarm', '1 while the models say too much to flag anybody'),
  detectionMismatches: gauge(
    registry,
    'detection_mismatches',
    'Rings that the last self-check found otherwise than detection after changes had',
  ),
})

/** Finding a histogram by its labels costs more than observing in it; there are few. */
function remembered<Child>(find: (route: string, status: number) => Child) {
  const found = new Map<string, Map<number, Child>>()
  return (route: string, status: number): Child => {
    const ofRoute = found.get(route) ?? new Map<number, Child>()
    found.set(route, ofRoute)
    const child = ofRoute.get(status) ?? find(route, status)
    ofRoute.set(status, child)
    return child
  }
}

/** Classes and verdicts are closed lists, so the labels are few. */
function classGauges(registry: Registry): Pick<Metrics, 'ringsByClass' | 'verdicts'> {
  const labelled = (name: string, help: string, labelName: string): Gauge =>
    new Gauge({ name: `ringleader_${name}`, help, labelNames: [labelName], registers: [registry] })
  const rings = labelled('rings_by_class', 'Active rings', 'class')
  const accounts = labelled('ring_accounts_by_class', 'Accounts in active rings', 'class')
  const decided = labelled('verdicts', 'Verdicts of people that were not retracted', 'verdict')
  return {
    ringsByClass(classes) {
      for (const [name, counts] of classes) {
        rings.set({ class: name }, counts.rings)
        accounts.set({ class: name }, counts.accounts)
      }
    },
    verdicts(counts) {
      for (const { verdict, count } of counts) decided.set({ verdict }, count)
    },
  }
}

/** Made when there is a queue to show, so that an embedded server has no empty ones. */
function queueGauges(registry: Registry): (figures: QueueFigures) => void {
  let gauges: { jobs: Gauge; oldest: Gauge; memory: Gauge } | undefined
  return ({ jobs, oldestSeconds, memoryRatio }) => {
    gauges ??= {
      jobs: new Gauge({
        name: 'ringleader_queue_jobs',
        help: 'Jobs by queue and state',
        labelNames: ['queue', 'state'],
        registers: [registry],
      }),
      oldest: gauge(registry, 'queue_oldest_seconds', 'Age of the job that waits longest'),
      memory: gauge(registry, 'redis_memory_ratio', 'What Redis uses of its maxmemory, of 1'),
    }
    for (const row of jobs) gauges.jobs.set({ queue: row.queue, state: row.state }, row.jobs)
    gauges.oldest.set(oldestSeconds)
    gauges.memory.set(memoryRatio)
  }
}

const gauge = (registry: Registry, name: string, help: string): Gauge =>
  new Gauge({ name: `ringleader_${name}`, help, registers: [registry] })

function setAll<Name extends string>(
  gauges: Readonly<Record<Name, Gauge>>,
  figures: Readonly<Record<Name, number>>,
): void {
  for (const name of Object.keys(gauges) as Name[]) gauges[name].set(figures[name])
}

const counted = (registry: Registry) => ({
  requests: new Histogram({
    name: 'ringleader_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  }),
  lines: new Counter({
    name: 'ringleader_ingest_lines_total',
    help: 'Delivered lines by what became of them',
    labelNames: ['stream', 'status'],
    registers: [registry],
  }),
  detections: new Histogram({
    name: 'ringleader_detection_seconds',
    help: 'Time of a detection run',
    buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 1_800],
    registers: [registry],
  }),
})
