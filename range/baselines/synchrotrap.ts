/**
 * SynchroTrap (Cao et al. 2014, "Uncovering Large Groups of Active Malicious Accounts in Online Social Networks"):
 * an action is an address at a time; accounts whose sets of actions are similar enough by Jaccard are joined by
 * single linkage, and all that is joined is acted on. Departures: time is told in days and not in hours, because the
 * state keeps days, and an action of more than `usersMax` accounts is left out.
 */
import type { BaselineInput, Found } from './baseline.ts'
import { communityMin, flagLarge } from './flags.ts'
import { componentsOfPairs } from './sharing/components.ts'
import { pairsWhere, pairsWithin } from './sharing/pairs.ts'
import type { BaselineTable } from './table.ts'

const usersMax = 80

export interface SynchroTrapOptions {
  /** Least Jaccard index. */
  readonly similarMin: number
  /** Least actions of an account; fewer say nothing. */
  readonly actionsMin: number
}

export function synchroTrap({ table }: BaselineInput, { similarMin, actionsMin }: SynchroTrapOptions): Found {
  const accounts = table.accounts.length
  const { groups, actions } = dailyGroups(table)
  const active = groups.map((members) => members.filter((account) => (actions[account] ?? 0) >= actionsMin))
  const pairs = pairsWhere(
    pairsWithin(accounts, active),
    (shared, a, b) => shared / ((actions[a] ?? 0) + (actions[b] ?? 0) - shared) >= similarMin,
  )
  const communityOf = componentsOfPairs(accounts, pairs)
  return { communityOf, flagged: flagLarge(communityOf, communityMin) }
}

/** Accounts by (address, day), and how many such actions each account has. */
function dailyGroups({ accounts, identifiers }: BaselineTable) {
  const actions = new Int32Array(accounts.length)
  const groups: (readonly number[])[] = []
  for (const { kind, uses } of identifiers) {
    if (kind !== 'ip') continue
    const byDay = new Map<number, number[]>()
    for (const { account, days } of uses) {
      actions[account] = (actions[account] ?? 0) + days.length
      for (const day of days) {
        const known = byDay.get(day)
        if (known) known.push(account)
        else byDay.set(day, [account])
      }
    }
    groups.push(...byDay.values().filter(({ length }) => length >= 2 && length <= usersMax))
  }
  return { groups, actions }
}
