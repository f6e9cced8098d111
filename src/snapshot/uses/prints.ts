/** By what a snapshot knows identifiers: made once for each row of a table, which the tables made of it share. */
import { Int32Column } from '../../../graph/projection/columns.ts'
import type { Identifiers } from '../../../graph/projection/identifier-columns.ts'
import { printOf } from './columns.ts'

export interface Print {
  readonly first: number
  readonly step: number
}

/** Rows are added where there are more of them, and never written over. */
const known = new WeakMap<readonly string[], Int32Column>()

export function printsOf({ found: { rows, rowOf } }: Identifiers): (identifier: number) => Print {
  const { refs, kinds } = rows
  const prints = known.get(refs) ?? new Int32Column(2 * kinds.places.length)
  known.set(refs, prints)
  for (let row = prints.length / 2; row < kinds.places.length; row++) {
    const { first, step } = printOf(kinds.texts[kinds.places[row] ?? -1] ?? '', refs[row] ?? '')
    prints.push(first)
    prints.push(step)
  }
  const all = prints.values()
  return (identifier) => {
    const place = 2 * (rowOf[identifier] ?? -1)
    return { first: (all[place] ?? 0) >>> 0, step: (all[place + 1] ?? 0) >>> 0 }
  }
}
