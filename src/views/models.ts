/** Models of judging as people and programs read of them. */
import type { LocalModels, ModelsChoice } from '../../graph/own-models.ts'
import type { RetrainReport } from '../../graph/retrain.ts'
import { iso } from './times.ts'

/** What those are called that every version ships. */
export const shippedName = 'shipped'

export const reportOf = ({ report }: Pick<LocalModels, 'report'>): RetrainReport =>
  JSON.parse(report) as RetrainReport

export const localModelsView = (models: Omit<LocalModels, 'body'>) => ({
  id: models.id,
  madeAt: iso(models.madeAt),
  report: reportOf(models),
})

export const choiceView = ({ models, author, at }: ModelsChoice) => ({
  models: models ?? shippedName,
  author,
  at: iso(at),
})
