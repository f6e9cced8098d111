/** Dealing few things out to many accounts. */
import type { Random } from '../random.ts'

/** For each account one of the things; each thing goes to about as many as `usersMin` to `usersMax` says. */
export function dealOut(
  accounts: number,
  {
    random,
    usersMin,
    usersMax,
    make,
  }: { random: Random; usersMin: number; usersMax: number; make: (random: Random) => string },
): readonly string[] {
  const hands: string[] = []
  while (hands.length < accounts) {
    const thing = make(random)
    for (let user = random.int(usersMin, usersMax); user > 0 && hands.length < accounts; user -= 1)
      hands.push(thing)
  }
  return random.shuffle(hands)
}

/** What is true of an account that carries a ring. */
export const inRing =
  (ring: string, attack: string) =>
  (account: string, { role, since }: { role: 'operator' | 'member' | 'mule' | 'victim'; since: number }) => ({
    account,
    ring,
    attack,
    role,
    group: null,
    since,
  })
