import { expect, test } from '@jest/globals'
import { shippedModels } from '../../../graph/judging/shipped.ts'
import type { LocalModels } from '../../../graph/own-models.ts'
import { modelsInForce } from '../../../src/engine/models-in-force.ts'

const chosen = (body: string | undefined) => ({
  modelsInForce: async (): Promise<LocalModels | undefined> =>
    body === undefined ? undefined : { id: 'models_1', madeAt: 1, report: '{}', body },
})

test('those that are shipped judge until others are chosen', async () => {
  expect(await modelsInForce(chosen(undefined))).toEqual({ models: shippedModels(), calibration: 'shipped' })
})

test('those that were chosen judge', async () => {
  const local = { ...shippedModels(), calibration: 'local' as const }

  expect(await modelsInForce(chosen(JSON.stringify(local)))).toEqual({
    models: local,
    calibration: 'local',
    localModels: 'models_1',
  })
})

test('those of another version give way to those that are shipped, and it is told', async () => {
  const { second, ...rest } = shippedModels()
  const risk = { ...second.risk, features: ['ofAnotherVersion', ...second.risk.features.slice(1)] }
  const other = { ...rest, second: { ...second, risk } }

  expect(await modelsInForce(chosen(JSON.stringify(other)))).toEqual({
    models: shippedModels(),
    calibration: 'shipped',
    unreadableModels: 'models_1',
  })
})
