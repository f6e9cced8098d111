/**
 * Accounts as they look while nobody has labelled them, the labels of everybody else being known: what labels can teach of
 * the others, who have none.
 */
import { type ColumnWriter, columnWriter } from '../features/columns.ts'
import type { JudgingInput } from '../features/input.ts'
import { judge } from '../judge.ts'
import type { JudgingModels } from '../models.ts'
import type { Known } from './known.ts'

/** Labels are hidden in so many turns. */
const folds = 5

/** The turn in which each account of whom something is known is looked at without it; of one community as many turns as there are. */
export function labelFolds(
  { table: { facts }, communityOf }: JudgingInput,
  known: Known,
): ReadonlyMap<number, number> {
  const labelled = [...facts.ids.keys()].filter(
    (account) => (facts.labelsAt(account).length ?? 0) > 0 || known[account] !== undefined,
  )
  const together = labelled.toSorted((a, b) => (communityOf[a] ?? -1) - (communityOf[b] ?? -1) || a - b)
  return new Map(together.map((account, at) => [account, at % folds]))
}

export function columnsWithoutOwnLabel(
  input: JudgingInput,
  models: JudgingModels,
  { known, onStep }: { readonly known: Known; readonly onStep: (done: number, of: number) => void },
): ColumnWriter {
  const { facts } = input.table
  const foldOf = labelFolds(input, known)
  const seen = judge(input, models).look.accounts
  const columns = columnWriter(facts.length)
  for (const [name, values] of seen.columns) columns.column(name).set(values)
  for (let fold = 0; fold < folds; fold++) {
    onStep(fold, folds)
    const hidden = facts.withRare((own, account) =>
      foldOf.get(account) === fold ? { ...own, labels: [] } : own,
    )
    const { look } = judge({ ...input, table: { ...input.table, facts: hidden } }, models)
    for (const [account, own] of foldOf) {
      if (own !== fold) continue
      for (const [name, values] of look.accounts.columns)
        columns.column(name)[account] = values[account] ?? Number.NaN
    }
  }
  return columns
}
