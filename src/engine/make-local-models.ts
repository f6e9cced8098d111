/** Models from the deployment's labels and verdicts, named by what they say. */
import { createHash } from 'node:crypto'
import type { LocalModels } from '../../graph/own-models.ts'
import type { Clock, DetectOptions, LinkStore } from '../../graph/ports.ts'
import type { KindLookup } from '../../graph/projection/entities.ts'
import { retrain } from '../../graph/retrain.ts'
import { modelsInForce } from './models-in-force.ts'

export type RetrainReads = Pick<
  LinkStore,
  'scanAccounts' | 'scanIdentifiers' | 'modelsInForce' | 'decisions' | 'assertions'
>

/** The same labels and verdicts in the same state make the same models, under the same name. */
export async function makeLocalModels(
  store: RetrainReads,
  {
    kindOf,
    clock,
    onProgress = () => {},
  }: Pick<DetectOptions, 'onProgress'> & { readonly kindOf: KindLookup; readonly clock: Clock },
): Promise<LocalModels> {
  const { models: inForce } = await modelsInForce(store)
  const decisions = await store.decisions({})
  const assertions = await store.assertions()
  const { models, report } = await retrain(store, { kindOf, onProgress, inForce, decisions, assertions })
  const body = JSON.stringify(models)
  return {
    id: `models_${createHash('sha256').update(body).digest('hex').slice(0, 12)}`,
    madeAt: clock(),
    report: JSON.stringify(report),
    body,
  }
}
