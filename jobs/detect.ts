import { countDecisions } from '../graph/rings/lineage/standing.ts'
import type { Job } from './services.ts'

/** So long a rest, in times of the run, that detection never starves the rest; what is found anew after a change may not wait. */
const restPerRun = { inFull: 4, afterChange: 1 }

/** Finds rings and publishes them, unless neither state, models nor verdicts changed since. Safe to run twice. */
export const detect: Job<'detect'> = {
  name: 'detect',

  async run({ store, engine, queue, clock, published, report }) {
    const [progress, last, chosen, decisions] = await Promise.all([
      store.progress(),
      store.published(),
      store.modelsInForce(),
      store.decisions({}),
    ])
    const judgedBy = last?.unreadableModels ?? last?.localModels
    const isObeyed = (last?.decisions ?? 0) === countDecisions(decisions)
    const isSame = last?.stateChanges === progress.changes && judgedBy === chosen?.id && isObeyed
    if (progress.newestAt === undefined || isSame) return
    const startedAt = clock()
    const claim = await store.claim()
    const publication = await engine.detect({})
    await store.publish(publication, claim)
    await published(publication)
    await queue.request('deliver')
    const tookMs = clock() - startedAt
    const { version, accounts, links, rings, work } = publication.run
    report('detect', {
      version,
      accounts,
      links,
      rings,
      changes: publication.changes.length,
      tookMs,
      ...work,
    })
    const after = await store.progress()
    if (after.changes !== publication.run.stateChanges)
      await queue.request('detect', { afterMs: tookMs * (work ? restPerRun.afterChange : restPerRun.inFull) })
  },
}
