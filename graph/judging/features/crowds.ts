/** Who is where together, and how each stands there in the eyes of the others. */
import type { StateType } from '../../model.ts'
import type { Accounts } from '../../projection/account-columns.ts'
import type { LinkTable } from '../../projection/link-table.ts'
import { accountAt, daysAt, tieOf, userCount, usesAt } from '../../projection/uses/of.ts'
import { dayOf } from '../../time.ts'

/** More accounts on an address at once are a crowd that tells nothing. */
export const crowdMax = 80
/** What so many act on says nothing of two who do. */
export const targetUsersMax = 80

const newcomerDays = 7

export function usersByDay(table: LinkTable, identifier: number): ReadonlyMap<number, number[]> {
  const days = new Map<number, number[]>()
  const { uses } = table
  if (userCount(table, identifier) < 2) return days
  for (const use of usesAt(uses, identifier)) {
    const account = accountAt(uses, use)
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
  const born = bornOn(table.facts, account)
  return {
    isNew: born !== undefined && day - born <= newcomerDays,
    isTroubled: isTroubled(table.facts, account),
    isBorn: born === day,
  }
}

function bornOn(facts: Accounts, account: number): number | undefined {
  const bornAt = facts.bornAt(account)
  return bornAt === undefined ? undefined : dayOf(bornAt)
}

const troubles: readonly StateType[] = ['chargeback', 'report', 'payment_failed']

const isTroubled = (facts: Accounts, account: number): boolean =>
  troubles.some((type) => facts.hasConduct(account, type))

/** What of an account decides, beside the day, how it stands. */
export const standingTrait = (facts: Accounts, account: number): number =>
  (bornOn(facts, account) ?? -1) * 2 + (isTroubled(facts, account) ? 1 : 0)

/** How an account stands on an address, a number for each day on it; another one where others see it otherwise. */
export const standingsOn = (table: LinkTable, account: number, identifier: number): readonly number[] =>
  (tieOf(table, account, identifier)?.days ?? []).flatMap((day) => {
    if (table.identifiers.kindAt(identifier) !== 'ip') return []
    const { isNew, isTroubled, isBorn } = standingOf(table, account, day)
    return [day * standings + (isNew ? 4 : 0) + (isTroubled ? 2 : 0) + (isBorn ? 1 : 0)]
  })

const standings = 8
export const dayOfStanding = (standing: number): number => Math.floor(standing / standings)
