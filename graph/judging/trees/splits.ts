/** Where trees part rows: of a row whose figures lie between the same splits as before they say what they said. */
import { type RowSet, type Rows, rowSet } from '../rows.ts'
import { binOf, type Edges } from './bins.ts'
import type { Columns, TreeModel } from './model.ts'
import type { TreeNode } from './node.ts'

/** By feature, the values at which some tree parts rows, ascending. */
export type Splits = ReadonlyMap<string, Edges>

export function splitsOf(models: readonly TreeModel[]): Splits {
  const values = new Map<string, Set<number>>()
  for (const { features, trees } of models) {
    const add = (node: TreeNode): void => {
      if (typeof node === 'number') return
      const [feature, threshold, , left, right] = node
      const name = features[feature] ?? ''
      values.set(name, (values.get(name) ?? new Set()).add(threshold))
      add(left)
      add(right)
    }
    trees.forEach(add)
  }
  return new Map([...values].map(([name, own]) => [name, [...own].toSorted((a, b) => a - b)]))
}

/** Of these rows those that are new, or that some split parts from what they were. */
export function rowsParted(
  splits: Splits,
  { now, known }: Record<'now' | 'known', Columns>,
  { rows, before }: { readonly rows: Rows; readonly before: Int32Array },
): RowSet {
  const parted = rowSet(before.length)
  for (const row of rows.list) if ((before[row] ?? -1) < 0) parted.add(row)
  for (const [name, edges] of splits) {
    const [mine, theirs] = [now.get(name), known.get(name)]
    for (const row of rows.list) {
      const [has, had] = [mine?.[row] ?? Number.NaN, theirs?.[before[row] ?? -1] ?? Number.NaN]
      if (has !== had && binOf(has, edges) !== binOf(had, edges)) parted.add(row)
    }
  }
  return parted
}
