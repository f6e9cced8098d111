import { AppError } from '../graph/errors.ts'
import type { Job } from './services.ts'

/** Makes models from the labels there are, for a person to look at: they judge nothing until they are chosen. */
export const retrain: Job<'retrain'> = {
  name: 'retrain',

  async run({ store, engine, clock, report }) {
    const startedAt = clock()
    try {
      const made = await engine.retrain({})
      const known = (await store.localModels()).some(({ id }) => id === made.id)
      if (!known) await store.saveModels(made)
      report('retrain', { models: known ? 0 : 1, tookMs: clock() - startedAt })
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'not_ready') throw error
      report('retrain', { models: 0, tookMs: clock() - startedAt })
    }
  },
}
