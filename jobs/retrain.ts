import { AppError } from '../graph/errors.ts'
import type { Job } from './services.ts'

/** Makes models from the labels there are, for a person to look at: they judge nothing until they are chosen. */
export const retrain: Job<'retrain'> = {
  name: 'retrain',

  async run({ store, engine, clock, report }) {
    const startedAt = clock()
    try {
      await store.saveModels(await engine.retrain({}))
      report('retrain', { models: 1, tookMs: clock() - startedAt })
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'not_ready') throw error
      report('retrain', { models: 0, tookMs: clock() - startedAt })
    }
  },
}
