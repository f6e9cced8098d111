/** What becomes of the owners of rings that split and merge. */
import type { Assignment } from '../../owners.ts'
import type { RingChange } from '../../ring.ts'
import { compareText } from '../../state/order.ts'

export interface Heir {
  readonly ring: string
  readonly from: string
}

/**
 * Which rings of a publish take over the owner of which, as far as they have none: a part the one of the ring it split
 * off, then a ring those of the rings it absorbed, the largest first.
 */
export function heirsOf(changes: readonly RingChange[]): readonly Heir[] {
  const parts = changes.flatMap(({ ring, parent }) => (parent === undefined ? [] : [{ ring, from: parent }]))
  const absorbed = changes
    .filter(({ movedTo }) => movedTo !== undefined)
    .toSorted((a, b) => b.left.length - a.left.length || compareText(a.ring, b.ring))
    .flatMap(({ ring, movedTo }) => (movedTo === undefined ? [] : [{ ring: movedTo, from: ring }]))
  return [...parts, ...absorbed]
}

/** What an heir takes over in a publish. */
export const inheritance = (
  { ring, from }: Heir,
  { owner, version, at }: { owner: string; version: number; at: number },
): Assignment => ({ id: `asg_${version}_${ring}`, ring, owner, by: 'detection', at, from })
