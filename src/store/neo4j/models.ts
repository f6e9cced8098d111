/** Models of judging in Neo4j. */
import { models as statements } from '../../../cypher/catalogue.ts'
import type { ModelStore, ModelsChoice } from '../../../graph/own-models.ts'
import { modelsChosen, modelsMade } from '../../audit/acts.ts'
import { append } from './acts/audit.ts'
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
  async saveModels(made, by) {
    const { id, madeAt, report, body } = made
    const properties = { madeAt: new Date(madeAt), report, body }
    await write(async (run) => {
      await run(statements.save, { id, properties })
      await append(run, modelsMade(made, by))
    })
  },
  async chooseModels(choice) {
    const { id, models = null, author, at } = choice
    const properties = { models, author, at: new Date(at) }
    await write(async (run) => {
      await run(statements.choose, { id, properties })
      await append(run, modelsChosen(choice))
    })
  },
})
