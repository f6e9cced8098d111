import type { Job } from './services.ts'

/** A run may take this part of the time at the most, so that detection never starves the rest. */
const restPerRun = 4

/** Finds rings and publishes them, unless neither state nor models changed since. Safe to run twice. */
export const detect: Job<'detect'> = {
  name: 'detect',

  async run({ store, engine, queue, clock, published, report }) {
    const [progress, last, chosen] = await Promise.all([
      store.progress(),
      store.published(),
      store.modelsInForce(),
    ])
    const judgedBy = last?.unreadableModels ?? last?.localModels
    const isSame = last?.stateChanges === progress.changes && judgedBy === chosen?.id
    if (progress.newestAt === undefined || isSame) return
    const startedAt = clock()
    const claim = await store.claim()
    const publication = await engine.detect({})
    await store.publish(publication, claim)
    await published(publication)
    const tookMs = clock() - startedAt
    const { version, accounts, links, rings } = publication.run
    report('detect', { version, accounts, links, rings, changes: publication.changes.length, tookMs })
    const after = await store.progress()
    if (after.changes !== publication.run.stateChanges)
      await queue.request('detect', { afterMs: tookMs * restPerRun })
  },
}
