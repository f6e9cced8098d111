/**
 * What lichess shows its moderators beside an account (lila, modules/security): others by
 * nbIps + nbFps + nbIps * nbFps, over the addresses and browser prints they share. Devices stand for the prints.
 * Departure: moderators decide there; here pairs from `scoreMin` on are joined, and what is joined is acted on.
 */
import type { BaselineInput, Found } from './baseline.ts'
import { communityMin, flagLarge } from './flags.ts'
import { componentsOfPairs } from './sharing/components.ts'
import { sharedPairs, type WeightedPairs } from './sharing/pairs.ts'

const usersMax = 200
const prints: ReadonlySet<string> = new Set(['device', 'fingerprint', 'cookie'])
const addresses: ReadonlySet<string> = new Set(['ip'])

export function similarUsers({ table }: BaselineInput, { scoreMin }: { readonly scoreMin: number }): Found {
  const accounts = table.accounts.length
  const shared = {
    ips: sharedPairs(table, { usersMax, kinds: addresses }),
    prints: sharedPairs(table, { usersMax, kinds: prints }),
  }
  const printsOf = countsByPair(shared.prints, accounts)
  const ipsOf = countsByPair(shared.ips, accounts)
  const [a, b]: [number[], number[]] = [[], []]
  for (const pair of new Set([...ipsOf.keys(), ...printsOf.keys()])) {
    const [ips, devices] = [ipsOf.get(pair) ?? 0, printsOf.get(pair) ?? 0]
    if (ips + devices + ips * devices < scoreMin) continue
    a.push(Math.floor(pair / accounts))
    b.push(pair % accounts)
  }
  const communityOf = componentsOfPairs(accounts, { a: Int32Array.from(a), b: Int32Array.from(b) })
  return { communityOf, flagged: flagLarge(communityOf, communityMin) }
}

/** A pair as one number, exact below 2^53. */
const countsByPair = ({ a, b, weight }: WeightedPairs, accounts: number): ReadonlyMap<number, number> =>
  new Map(Array.from(a, (account, at) => [account * accounts + (b[at] ?? 0), weight[at] ?? 0]))
