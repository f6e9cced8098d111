/** Who is where together, and how each stands there in the eyes of the others. */
import type { AccountFacts } from '../../evidence/account-facts.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import { daysAt, tieOf, usesAt } from '../../projection/uses/of.ts'
import { dayOf } from '../../time.ts'

/** More accounts on an address at once are a crowd that tells nothing. */
export const crowdMax = 80
/** What so many act on says nothing of two who do. */
export const targetUsersMax = 80

const newcomerDays = 7

export function usersByDay({ uses }: LinkTable, identifier: number): ReadonlyMap<number, number[]> {
  const days = new Map<number, number[]>()
  if ((uses.starts[identifier + 1] ?? 0) - (uses.starts[identifier] ?? 0) < 2) return days
  for (const use of usesAt(uses, identifier)) {
    const account = uses.accounts[use] ?? -1
    for (const day of daysAt(uses, use)) {
      const known = days.get(day)
      if (known) known.push(account)
      else days.set(day, [account])
    }
  }
  return days
}

/** Of an account on a day. */
export function standingOf(table: LinkTable, account: number, day: number) {
  const facts = table.facts.at(account)
  const born = bornOn(facts)
  return {
    isNew: born !== undefined && day - born <= newcomerDays,
    isTroubled: isTroubled(facts),
    isBorn: born === day,
  }
}

const bornOn = (facts: AccountFacts | undefined): number | undefined =>
  facts?.bornAt === undefined ? undefined : dayOf(facts.bornAt)

function isTroubled(facts: AccountFacts | undefined): boolean {
  const { chargeback, report, payment_failed: refused } = facts?.conduct ?? {}
  return (chargeback ?? report ?? refused) !== undefined
}

/** What of an account decides, beside the day, how it stands. */
export const standingTrait = (facts: AccountFacts | undefined): number =>
  (bornOn(facts) ?? -1) * 2 + (isTroubled(facts) ? 1 : 0)

/** How an account stands on an address, a number for each day on it; another one where others see it otherwise. */
export const standingsOn = (table: LinkTable, account: number, identifier: number): readonly number[] =>
  (tieOf(table, account, identifier)?.days ?? []).flatMap((day) => {
    if (table.identifiers.kindAt(identifier) !== 'ip') return []
    const { isNew, isTroubled, isBorn } = standingOf(table, account, day)
    return [day * standings + (isNew ? 4 : 0) + (isTroubled ? 2 : 0) + (isBorn ? 1 : 0)]
  })

const standings = 8
export const dayOfStanding = (standing: number): number => Math.floor(standing / standings)
