/** Models of judging in Neo4j. */
import { models as statements } from '../../../cypher/catalogue.ts'
import type { ModelStore, ModelsChoice } from '../../../graph/own-models.ts'
import type { Bolt } from './bolt.ts'

export const modelReads = ({
  read,
}: Pick<Bolt, 'read'>): Pick<ModelStore, 'localModels' | 'modelChoices' | 'modelsInForce'> => ({
  localModels: () => read(statements.all, {}),
  async modelChoices() {
    return (await read(statements.choices, {})).map(
      ({ models, ...choice }): ModelsChoice => ({ ...choice, ...(models !== null && { models }) }),
    )
  },
  async modelsInForce() {
    const [row] = await read(statements.inForce, {})
    return row
  },
})

export const modelWrites = ({
  write,
}: Pick<Bolt, 'write'>): Pick<ModelStore, 'saveModels' | 'chooseModels'> => ({
  async saveModels({ id, madeAt, report, body }) {
    const properties = { madeAt: new Date(madeAt), report, body }
    await write((run) => run(statements.save, { id, properties }))
  },
  async chooseModels({ id, models = null, author, at }) {
    const properties = { models, author, at: new Date(at) }
    await write((run) => run(statements.choose, { id, properties }))
  },
})
