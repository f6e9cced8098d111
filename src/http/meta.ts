/** What every answer says of itself: as of when, how old, by which policy. */

import type { z } from 'zod'
import { iso } from '../views/times.ts'
import type { metaSchema } from './schemas.ts'
import type { HttpServices } from './services.ts'

export type Meta = z.infer<typeof metaSchema>

export function metaOf({
  snapshots,
  clock,
  callers,
}: Pick<HttpServices, 'snapshots' | 'clock' | 'callers'>): Meta {
  const run = snapshots.current()?.run
  if (!run) return { asOf: null, lagMs: null, run: 0, policy: null, calibration: null, degraded: true }
  return {
    asOf: iso(run.asOf),
    lagMs: Math.max(0, clock() - run.publishedAt),
    run: run.version,
    policy: run.policy,
    calibration: run.calibration ?? 'shipped',
    degraded: callers.isStoreAway(),
  }
}
