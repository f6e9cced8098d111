import type { Job } from './services.ts'

/** Joins accepted events into the state, then asks for rings to be found again. Safe to run twice. */
export const record: Job<'record'> = {
  name: 'record',

  async run({ intake, queue, clock, detectAfterMs, report }) {
    const startedAt = clock()
    let events = 0
    for (let some = await intake.foldSome(); some > 0; some = await intake.foldSome()) events += some
    if (events === 0) return
    await queue.request('detect', { afterMs: detectAfterMs })
    report('record', { events, tookMs: clock() - startedAt })
  },
}
