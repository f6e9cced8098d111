/** Dealing few things out to many accounts. */
import type { PlannedTruth } from '../plan.ts'
import type { Random } from '../random.ts'

/** For each account one of the things; each thing goes to about as many as `usersMin` to `usersMax` says. */
export function dealOut<T>(
  accounts: number,
  {
    random,
    usersMin,
    usersMax,
    make,
  }: { random: Random; usersMin: number; usersMax: number; make: (random: Random) => T },
): readonly T[] {
  const hands: T[] = []
  while (hands.length < accounts) {
    const thing = make(random)
    for (let user = random.int(usersMin, usersMax); user > 0 && hands.length < accounts; user -= 1)
      hands.push(thing)
  }
  return random.shuffle(hands)
}

export type RingRole = 'operator' | 'member' | 'mule' | 'victim'
export type TruthOf = (account: string, part: { role: RingRole; since: number }) => PlannedTruth

/** What is true of an account that carries a ring. */
export const inRing =
  (ring: string, attack: string): TruthOf =>
  (account, { role, since }) => ({ account, ring, attack, role, group: null, since })
