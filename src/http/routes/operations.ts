/** Whether the process lives, may be sent requests, and how it does. */
import { z } from 'zod'
import { AppError } from '../../../graph/errors.ts'
import { type DetectionRun, ringClasses, verdicts } from '../../../graph/ring.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { storeFindings } from '../../views/store-findings.ts'
import { metaOf } from '../meta.ts'
import { route } from '../route.ts'
import { metaSchema } from '../schemas.ts'

const states = ['ok', 'warning', 'wrong'] as const

export const livez = route({
  method: 'get',
  path: '/livez',
  summary: 'Whether the process is alive.',
  scope: 'public',
  reply: z.strictObject({ status: z.literal('ok') }),
  handle: async () => ({ status: 'ok' as const }),
})

export const readyz = route({
  method: 'get',
  path: '/readyz',
  summary: 'Whether requests should be sent here.',
  scope: 'public',
  reply: z.strictObject({ status: z.literal('ok'), run: z.int() }),
  problems: ['not_ready'],

  async handle({ store, isServing, snapshots }) {
    if (!isServing()) throw new AppError('not_ready', 'The process is stopping')
    await store.progress()
    return { status: 'ok' as const, run: snapshots.current()?.run.version ?? 0 }
  },
})

export const getHealth = route({
  method: 'get',
  path: '/v1/health',
  summary: 'What is well, what to look at and what is wrong, and how to mend it.',
  scope: 'admin',
  reply: z.strictObject({
    state: z.enum(states).describe('The worst there is'),
    checks: z.array(z.strictObject({ check: z.string(), state: z.enum(states), detail: z.string() })),
    meta: metaSchema,
  }),

  async handle(services) {
    const { store, intake, clock, serverFindings } = services
    const [waiting, servers] = await Promise.all([intake.waiting(), serverFindings()])
    const checks = [...servers, ...(await storeFindings(store, { waiting, now: clock() }))]
    const state = states.findLast((one) => checks.some((found) => found.state === one)) ?? 'ok'
    return { state, checks, meta: metaOf(services) }
  },
})

export const getMetrics = route({
  method: 'get',
  path: '/metrics',
  summary: 'Figures in Prometheus’ text form.',
  scope: 'public',
  reply: z.string(),
  text: 'text/plain; version=0.0.4; charset=utf-8',

  async handle({ store, intake, queueFigures, lagMs, metrics, snapshots, clock }) {
    const [progress, waiting, figures, deadLetters, lag, published, standing] = await Promise.all([
      store.progress(),
      intake.waiting(),
      queueFigures(),
      store.countDeadLetters(),
      lagMs(),
      store.published(),
      store.standingVerdicts(),
    ])
    const ageOf = (at: number | undefined): number => (at === undefined ? 0 : (clock() - at) / 1_000)
    const run: Partial<DetectionRun> = snapshots.current()?.run ?? {}
    metrics.gauges({
      waiting,
      newestEventAgeSeconds: ageOf(progress.newestAt),
      ingestLagSeconds: lag / 1_000,
      detectionAgeSeconds: ageOf(published?.publishedAt),
      undetectedChanges: Math.max(0, progress.changes - (published?.stateChanges ?? 0)),
      snapshotAgeSeconds: ageOf(run.publishedAt),
      deadLetters,
      calibrationLocal: published?.calibration === 'local' ? 1 : 0,
      ...shiftOf(run),
      detectionMismatches: run.selfCheck?.mismatches ?? 0,
    })
    metrics.ringsByClass(classesOf(snapshots.current()))
    metrics.verdicts(
      verdicts.map((verdict) => ({
        verdict,
        count: standing.find((one) => one.verdict === verdict)?.count ?? 0,
      })),
    )
    if (figures) metrics.queue(figures)
    return metrics.text()
  },
})

const shiftOf = ({ shift }: Partial<DetectionRun>) => ({
  flaggedShare: shift?.flagged ?? 0,
  reviewedShare: shift?.reviewed ?? 0,
  shiftAlarm: shift?.alarm ? 1 : 0,
})

/** Of what is served; each class, though it has none. */
function classesOf(snapshot: Snapshot | undefined) {
  const counts = new Map(ringClasses.map((name) => [name, { rings: 0, accounts: 0 }]))
  for (const ring of snapshot?.rings ?? []) {
    const own = counts.get(ring.class)
    if (!own) continue
    own.rings += 1
    own.accounts += ring.size
  }
  return counts
}
