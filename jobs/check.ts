import type { Job } from './services.ts'

/** Where it is not known what changed, or another worker remembers what was found. */
const againAfterMs = 3_600_000

/** Whether detection after many changes knows what detecting all of it anew would find. */
export const check: Job<'check'> = {
  name: 'check',

  async run({ engine, queue, clock, report, alarm }) {
    const startedAt = clock()
    const found = await engine.check({})
    if (!found) return await queue.request('check', { afterMs: againAfterMs })
    const { mismatches } = found
    report('check', { mismatches, tookMs: clock() - startedAt })
    if (mismatches > 0)
      alarm('detection after changes differs from detection in full: the next run is in full', { mismatches })
  },
}
