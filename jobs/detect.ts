import { countDecisions } from '../graph/rings/lineage/standing.ts'
import type { Job } from './services.ts'

/** A run may take this part of the time at the most, so that detection never starves the rest. */
const restPerRun = 4

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
    const { version, accounts, links, rings } = publication.run
    report('detect', { version, accounts, links, rings, changes: publication.changes.length, tookMs })
    const after = await store.progress()
    if (after.changes !== publication.run.stateChanges)
      await queue.request('detect', { afterMs: tookMs * restPerRun })
  },
}
