/** Uses once some identifiers are left out, as if nobody had ever used them. */
import { Int32Column } from '../columns.ts'
import { listAt } from '../list-column.ts'
import { useRowWriter } from './rows.ts'
import type { AddedUses } from './uses.ts'

/** `identifierNow`: the number of each identifier, -1 for those left out. What was seen only through one is seen by itself. */
export function usesLeft(added: AddedUses, identifierNow: Int32Array): AddedUses {
  const [rows, identifiers] = [useRowWriter(), new Int32Column()]
  for (let row = 0; row < added.identifiers.length; row++) {
    const identifier = identifierNow[added.identifiers[row] ?? -1] ?? -1
    if (identifier < 0) continue
    identifiers.push(identifier)
    const tie = {
      firstAt: added.firstAt[row] ?? 0,
      lastAt: added.lastAt[row] ?? 0,
      days: listAt(added.days, added.dayStarts, row),
      times: listAt(added.times, added.timeStarts, row),
    }
    const carriers = listAt(added.through, added.throughStarts, row).map((one) => identifierNow[one] ?? -1)
    rows.add(
      added.accounts[row] ?? 0,
      tie,
      carriers.filter((carrier) => carrier >= 0),
    )
  }
  return { ...rows.rows(), identifiers: identifiers.values() }
}
