/** Who stands near a fraud and has no part in it. */
import type { Network } from '../networks.ts'
import type { Person } from '../person.ts'
import type { Place, PlannedTruth } from '../plan.ts'

export type Thing = string | Network

/** Residents who own one of the things a ring was seen with, but for those in the ring. */
export function ownersOf(
  things: ReadonlySet<Thing>,
  { residents, isFree }: Place,
  ring: ReadonlySet<string>,
): readonly PlannedTruth[] {
  return residents
    .filter(({ account }) => !ring.has(account) && isFree(account))
    .filter(({ devices, cards, networks }) =>
      [...devices, ...cards, ...networks].some(({ thing }) => things.has(thing)),
    )
    .map(({ account, group }) => ({ account, ring: null, attack: null, role: 'bystander', group }))
}

/** Who shares a device or a card with one of them. */
export function housematesOf(people: readonly Person[], place: Place): readonly PlannedTruth[] {
  const things = people.flatMap(({ devices, cards }) => [...devices, ...cards].map(({ thing }) => thing))
  return ownersOf(new Set(things), place, new Set(people.map(({ account }) => account)))
}
