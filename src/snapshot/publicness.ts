/** How public an identifier is, as the run of a snapshot measured it. */
import type { Publicness } from '../../graph/projection/publicness.ts'
import { identifierName, type SnapshotColumns } from './format.ts'

export type PublicColumns = Pick<SnapshotColumns, 'publicNames' | 'publicness'>

const thousand = 1_000

export const publicnessIn =
  ({ publicNames, publicness }: PublicColumns): Publicness =>
  (key) => {
    const name = identifierName(`${key?.kind}:${key?.ref}`)
    const place = placeOf(publicNames, name)
    return publicNames[place] === name ? (publicness[place] ?? thousand) / thousand : 1
  }

/** Where a name is among ascending ones, or would be. */
function placeOf(names: BigUint64Array, name: bigint): number {
  let [from, to] = [0, names.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((names[middle] ?? 0n) < name) from = middle + 1
    else to = middle
  }
  return from
}
