/** Models that a deployment made its own, and who chose which. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { LocalModels, ModelsChoice } from '../../graph/own-models.ts'
import { runsFor } from '../support/core/arbitraries.ts'
import type { OpenStore } from './open-store.ts'

const made: LocalModels = { id: 'models_a', madeAt: 7, report: '{"labels":3}', body: '{"trees":[1]}' }
const { body: _, ...head } = made

/** Few ids and moments, so that they meet. */
const choice: fc.Arbitrary<ModelsChoice> = fc
  .record({
    id: fc.constantFrom('c1', 'c2', 'c3', 'c4'),
    at: fc.nat(3),
    author: fc.constantFrom('eve', 'bob'),
    models: fc.constantFrom(undefined, 'models_a', 'models_b'),
  })
  .map(({ models, ...rest }) => ({ ...rest, ...(models !== undefined && { models }) }))

export function modelContract(open: OpenStore): void {
  test('models come back as they were made, oldest first, and never change', async () => {
    await using store = await open()
    const older = { ...made, id: 'models_z', madeAt: 3 }

    for (const models of [made, older, { ...made, body: '{}', madeAt: 1 }]) await store.saveModels(models)

    expect(await store.localModels()).toEqual([{ ...head, id: 'models_z', madeAt: 3 }, head])
  })

  test('a large body comes back whole', async () => {
    await using store = await open()
    const body = JSON.stringify(Array.from({ length: 200_000 }, (__, at) => at * 7919))

    await store.saveModels({ ...made, body })
    await store.chooseModels({ id: 'c', models: made.id, author: 'eve', at: 1 })

    expect(await store.modelsInForce()).toEqual({ ...made, body })
  })

  test('the last choice counts, whatever order choices came in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(choice, { maxLength: 6 }), async (choices) => {
        await using store = await open()
        const models = [made, { ...made, id: 'models_b', madeAt: 8 }]
        for (const one of models) await store.saveModels(one)

        for (const one of choices) await store.chooseModels(one)

        const first = choices.filter(({ id }, at) => choices.findIndex((other) => other.id === id) === at)
        const sorted = first.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
        expect(await store.modelChoices()).toEqual(sorted)
        expect(await store.modelsInForce()).toEqual(models.find(({ id }) => id === sorted.at(-1)?.models))
      }),
      runsFor(10),
    )
  })
}
