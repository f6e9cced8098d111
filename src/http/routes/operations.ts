/** Whether the process lives, may be sent requests, and how it does. */
import { z } from 'zod'
import { AppError } from '../../../graph/errors.ts'
import type { DetectionRun } from '../../../graph/ring.ts'
import { route } from '../route.ts'

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

export const getMetrics = route({
  method: 'get',
  path: '/metrics',
  summary: 'Figures in Prometheus’ text form.',
  scope: 'public',
  reply: z.string(),
  text: 'text/plain; version=0.0.4; charset=utf-8',

  async handle({ store, intake, queueFigures, metrics, snapshots, clock }) {
    const [progress, waiting, figures, deadLetters] = await Promise.all([
      store.progress(),
      intake.waiting(),
      queueFigures(),
      store.countDeadLetters(),
    ])
    const ageOf = (at: number | undefined): number => (at === undefined ? 0 : (clock() - at) / 1_000)
    const run: Partial<DetectionRun> = snapshots.current()?.run ?? {}
    metrics.gauges({
      waiting,
      newestEventAgeSeconds: ageOf(progress.newestAt),
      snapshotAgeSeconds: ageOf(run.publishedAt),
      deadLetters,
      flaggedShare: run.shift?.flagged ?? 0,
      reviewedShare: run.shift?.reviewed ?? 0,
      shiftAlarm: run.shift?.alarm ? 1 : 0,
      detectionMismatches: run.selfCheck?.mismatches ?? 0,
    })
    if (figures) metrics.queue(figures)
    return metrics.text()
  },
})
