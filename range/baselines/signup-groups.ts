/**
 * The grouping of Xiao, Freeman & Hwa 2015 ("Detecting Clusters of Fake Accounts in Online Social Networks"):
 * accounts that signed up from one address on one day. Departure: a classifier judges the groups there; here those
 * of at least `sizeMin` accounts are acted on.
 */
import type { BaselineInput, Found } from './baseline.ts'
import { flagLarge } from './flags.ts'
import { joining } from './sharing/components.ts'

const dayMs = 86_400_000

export function signupGroups({ table }: BaselineInput, { sizeMin }: { readonly sizeMin: number }): Found {
  const { accounts, identifiers } = table
  const groups = joining(accounts.length)
  for (const { kind, uses } of identifiers) {
    if (kind !== 'ip') continue
    const firstOf = new Map<number, number>()
    for (const { account, days } of uses) {
      const bornAt = accounts[account]?.bornAt
      if (bornAt === undefined) continue
      const day = Math.floor(bornAt / dayMs)
      if (!days.includes(day)) continue
      groups.join(firstOf.get(day) ?? account, account)
      if (!firstOf.has(day)) firstOf.set(day, account)
    }
  }
  const communityOf = groups.communityOf()
  return { communityOf, flagged: flagLarge(communityOf, sizeMin) }
}
