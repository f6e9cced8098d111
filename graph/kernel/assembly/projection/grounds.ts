/** Why sharing something may create a link, and by how much at most: kinds of identifiers, and sign-ups on one day. */
import { reserve } from '../memory/arena'
import { Table, table } from '../memory/table'
import { figureTooLarge, refuse } from '../refusal'

@unmanaged
export class Grounds {
  count: i32
  /** The most that a ground adds to one pair; micro-nats. */
  caps: Table<i32>
  /** Endless where a share does not fade with the gap between two uses. */
  halfLivesMs: Table<f64>
  /** Whatever was used last before this is no evidence any more. */
  oldestAt: Table<f64>
  /** A bit for each family; none for sign-ups of one day. */
  families: Table<i32>
}

export function emptyGrounds(count: i32): Grounds {
  const grounds = changetype<Grounds>(reserve(offsetof<Grounds>()))
  grounds.count = count
  grounds.caps = table<i32>(count)
  grounds.halfLivesMs = table<f64>(count)
  grounds.oldestAt = table<f64>(count)
  grounds.families = table<i32>(count)
  return grounds
}

/** No sum reaches this, nor does what is added to it once (a logarithm of a double, below 710 nats): 32 bits hold both together. */
export const microNatsMost: i32 = 1 << 30

/** A pair's evidence is never more than all caps together, and something that fades is left after no time. */
export function checkGrounds(grounds: Grounds): void {
  let sum: i64 = 0
  for (let ground = 0; ground < grounds.count; ground++) {
    if (grounds.caps[ground] < 1 || !(grounds.halfLivesMs[ground] > 0)) refuse(figureTooLarge)
    sum += grounds.caps[ground]
  }
  if (sum >= microNatsMost) refuse(figureTooLarge)
}
