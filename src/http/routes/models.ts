/** For operators: models made from the deployment's labels, and which of them judge. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../../graph/errors.ts'
import { modelsRequested } from '../../audit/acts.ts'
import { choiceView, localModelsView, shippedName } from '../../views/models.ts'
import { route } from '../route.ts'

const choiceSchema = z
  .strictObject({ models: z.string(), author: z.string(), at: z.iso.datetime() })
  .meta({ id: 'ModelsChoice' })

export const listModels = route({
  method: 'get',
  path: '/v1/models',
  summary:
    'Models made from labels, oldest first, each with what would have changed by them; and who chose which when.',
  scope: 'admin',
  reply: z.strictObject({
    inForce: z.string().describe('An id, or `shipped`'),
    items: z.array(
      z
        .strictObject({
          id: z.string(),
          madeAt: z.iso.datetime(),
          report: z.looseObject({}).describe('What `ringleader retrain --json` prints'),
        })
        .meta({ id: 'LocalModels' }),
    ),
    choices: z.array(choiceSchema),
  }),

  async handle({ store }) {
    const [items, choices] = await Promise.all([store.localModels(), store.modelChoices()])
    return {
      inForce: choices.at(-1)?.models ?? shippedName,
      items: items.map(localModelsView).map((one) => ({ ...one, report: { ...one.report } })),
      choices: choices.map(choiceView),
    }
  },
})

export const requestModels = route({
  method: 'post',
  path: '/v1/models',
  summary: 'Asks for models to be made from the labels there are. They judge nothing until they are chosen.',
  scope: 'admin',
  status: 202,
  body: z.strictObject({}).meta({ id: 'NewModels' }),
  reply: z.strictObject({ requested: z.literal(true) }),

  async handle({ store, clock, queue }, { caller }) {
    await store.noteAct(modelsRequested({ by: caller, at: clock() }))
    await queue.request('retrain')
    return { requested: true as const }
  },
})

export const chooseModels = route({
  method: 'post',
  path: '/v1/models:choose',
  summary: 'Has models judge from the next run on; `shipped` goes back to those of this version.',
  scope: 'admin',
  body: z.strictObject({ models: z.string().min(1).max(64) }).meta({ id: 'NewModelsChoice' }),
  reply: choiceSchema,
  problems: ['not_found'],

  async handle({ store, queue, clock }, { body: { models }, caller }) {
    const choice = { id: randomUUID(), author: caller, at: clock() }
    const made = { ...choice, ...(models !== shippedName && { models }) }
    if (made.models !== undefined && !(await store.localModels()).some(({ id }) => id === models))
      throw new AppError('not_found', 'There are no such models: GET /v1/models lists them')
    await store.chooseModels(made)
    await queue.request('detect')
    return choiceView(made)
  },
})
