/** The models that judge a run, and what is said of them with it. */
import { AppError } from '../../graph/errors.ts'
import { type Calibration, type JudgingModels, readModels } from '../../graph/judging/models.ts'
import { shippedModels } from '../../graph/judging/shipped.ts'
import type { ModelStore } from '../../graph/own-models.ts'

export interface ModelsInForce {
  readonly models: JudgingModels
  /** Of those that judge; absent for those that are shipped. */
  readonly localModels?: string
  readonly calibration: Calibration
  /** Those that were chosen, where this version cannot read them and judges by those it ships. */
  readonly unreadableModels?: string
}

export async function modelsInForce(store: Pick<ModelStore, 'modelsInForce'>): Promise<ModelsInForce> {
  const chosen = await store.modelsInForce()
  const shipped = shippedModels()
  if (!chosen) return { models: shipped, calibration: shipped.calibration }
  try {
    const models = readModels(JSON.parse(chosen.body))
    return { models, localModels: chosen.id, calibration: models.calibration }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { models: shipped, calibration: shipped.calibration, unreadableModels: chosen.id }
  }
}
