/** Models of judging in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { LocalModels, ModelsChoice } from '../../../graph/own-models.ts'

export function modelReader(db: DatabaseSync) {
  const heads = db.prepare('SELECT id, made_at, report FROM local_models ORDER BY made_at, id')
  const choices = db.prepare('SELECT * FROM models_choice ORDER BY at, id')
  const inForce = db.prepare(
    'SELECT m.* FROM (SELECT models FROM models_choice ORDER BY at DESC, id DESC LIMIT 1) c JOIN local_models m ON m.id = c.models',
  )
  return {
    all: (): readonly Omit<LocalModels, 'body'>[] => (heads.all() as unknown as HeadRow[]).map(headOf),
    choices: (): readonly ModelsChoice[] => (choices.all() as unknown as ChoiceRow[]).map(choiceOf),
    inForce(): LocalModels | undefined {
      const row = inForce.get() as (HeadRow & { readonly body: string }) | undefined
      return row && { ...headOf(row), body: row.body }
    },
  }
}

export function modelWriter(db: DatabaseSync) {
  return {
    save({ id, madeAt, report, body }: LocalModels): void {
      db.prepare('INSERT OR IGNORE INTO local_models VALUES (?, ?, ?, ?)').run(id, madeAt, report, body)
    },
    choose({ id, models, author, at }: ModelsChoice): void {
      db.prepare('INSERT OR IGNORE INTO models_choice VALUES (?, ?, ?, ?)').run(
        id,
        models ?? null,
        author,
        at,
      )
    },
  }
}

interface HeadRow {
  readonly id: string
  readonly made_at: number
  readonly report: string
}

const headOf = ({ id, made_at, report }: HeadRow): Omit<LocalModels, 'body'> => ({
  id,
  madeAt: made_at,
  report,
})

interface ChoiceRow extends Omit<ModelsChoice, 'models'> {
  readonly models: string | null
}

const choiceOf = ({ models, ...rest }: ChoiceRow): ModelsChoice => ({
  ...rest,
  ...(models !== null && { models }),
})
