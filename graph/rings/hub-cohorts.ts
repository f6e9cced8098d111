/**
 * What so many accounts use that its pairs alone hold no community together may still be a ring: accounts that came
 * to it in one burst. Found in time proportional to the users, where pairs would cost their square.
 */
import { gammaMicro } from '../communities/gamma.ts'
import { microNats } from '../evidence/share.ts'
import type { EvidencePolicy } from '../identifiers/kind.ts'
import type { KindLookup } from '../projection/entities.ts'
import { kindsAmong } from '../projection/kinds-among.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { tieOf, userCount, usersOf } from '../projection/uses/of.ts'
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
  return kindsAmong(table, kindOf).flatMap(({ kind: { evidence, household }, identifiers }) => {
    if (evidence.links !== 'pairs' || household || evidence.accountsMax !== undefined) return []
    const usersMax = holdingAccountsMax(evidence)
    const hubs = identifiers.filter((identifier) => userCount(table, identifier) > usersMax)
    return Array.from(hubs).flatMap((identifier) =>
      burstsOf(table, identifier, usersOf(table, identifier)).map((burst) => ({
        identifier,
        accounts: burst.toSorted((a, b) => a - b),
      })),
    )
  })
}

/** Up to so many accounts a share alone is more probable than gamma: kappa / (kappa + accounts - 1) > gamma. */
const holdingAccountsMax = ({ kappa }: EvidencePolicy): number =>
  Math.floor(1 + kappa * (microNats / gammaMicro - 1))

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
