/**
 * What too many accounts use to link them by pairs may still be a ring: accounts that came to it in one burst. Found
 * in time proportional to the users, where pairs would cost their square.
 */
import { linkingAccountsMax } from '../evidence/share.ts'
import type { KindLookup } from '../projection/entities.ts'
import { type LinkTable, tieOf } from '../projection/link-table.ts'
import { dayMs } from '../time.ts'

/** A pause this long ends a burst. */
const pauseMs = 2 * dayMs
/** Fewer accounts at once are an ordinary day at a busy place. */
const burstMin = 8

export interface HubCohort {
  readonly identifier: number
  /** Account numbers, ascending. */
  readonly accounts: readonly number[]
}

/** Never of what honest strangers share by nature: a parcel locker, a common browser, an address of the network. */
export function hubCohorts(table: LinkTable, kindOf: KindLookup): readonly HubCohort[] {
  return table.identifiers.flatMap(({ kind: name }, identifier) => {
    const kind = kindOf(name)
    const accounts = table.postings[identifier] ?? new Int32Array()
    if (!kind || kind.evidence.links !== 'pairs' || kind.household) return []
    if (kind.evidence.accountsMax !== undefined || accounts.length <= linkingAccountsMax(kind.evidence))
      return []
    return burstsOf(table, identifier, accounts).map((burst) => ({
      identifier,
      accounts: burst.toSorted((a, b) => a - b),
    }))
  })
}

function burstsOf(
  table: LinkTable,
  identifier: number,
  accounts: Int32Array,
): readonly (readonly number[])[] {
  const arrivals = Array.from(accounts, (account) => ({
    account,
    at: tieOf(table, account, identifier)?.firstAt ?? 0,
  })).toSorted((a, b) => a.at - b.at || a.account - b.account)
  const bursts: number[][] = []
  let last = -Infinity
  for (const { account, at } of arrivals) {
    if (at - last > pauseMs) bursts.push([])
    bursts.at(-1)?.push(account)
    last = at
  }
  return bursts.filter(({ length }) => length >= burstMin)
}
