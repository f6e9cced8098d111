/**
 * Where victims' money goes. An account that several established accounts paid, each within days of meeting new
 * hardware, names a takeover even where every victim met another device.
 */
import { givesTo } from '../evidence/account-facts.ts'
import { poissonTail } from '../evidence/chance.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { aftermathMs } from './arrivals.ts'
import { type Visit, visitOf } from './visit.ts'

/** A brief meeting of an established account with hardware new to it. */
export interface HardwareArrival {
  readonly account: number
  readonly at: number
  readonly identifier: number
}

export interface PaidPivot {
  readonly receiver: number
  readonly visits: readonly Visit[]
  readonly expected: number
  readonly p: number
}

/**
 * Every account that was so paid, with the chance of it: of all who paid the receiver, how many would have met new
 * hardware within the days before by themselves.
 */
export function paidPivots(
  table: LinkTable,
  arrivals: readonly HardwareArrival[],
  { visitorsMin, coincidence }: { readonly visitorsMin: number; readonly coincidence: number },
): readonly PaidPivot[] {
  const numberOf = new Map(table.facts.map(({ account }, number) => [account, number]))
  const visits = new Map<number, Map<number, Visit>>()
  for (const { account, at, identifier } of arrivals) {
    const visit = visitOf(table, { account, at, met: identifier })
    for (const to of visit.paid) {
      const receiver = numberOf.get(to)
      if (receiver === undefined) continue
      const known = visits.get(receiver) ?? new Map<number, Visit>()
      visits.set(receiver, known)
      if (!known.has(account)) known.set(account, visit)
    }
  }
  const payers = payersByReceiver(table)
  return [...visits].flatMap(([receiver, byAccount]) => {
    if (byAccount.size < visitorsMin) return []
    const expected = (payers.get(table.facts[receiver]?.account ?? '') ?? 0) * coincidence
    const sorted = [...byAccount.values()].toSorted((a, b) => a.at - b.at || a.account - b.account)
    return [{ receiver, visits: sorted, expected, p: poissonTail(expected, byAccount.size) }]
  })
}

/** Accounts that paid each account, by its id. */
export function payersByReceiver(table: LinkTable): ReadonlyMap<string, number> {
  const payers = new Map<string, number>()
  for (const { relations } of table.facts) {
    const paid = relations.filter(givesTo)
    for (const to of new Set(paid.map((row) => row.to))) payers.set(to, (payers.get(to) ?? 0) + 1)
  }
  return payers
}

/** The chance that an account met new hardware within the aftermath's time before any moment. */
export function coincidenceOf(table: LinkTable, arrivals: readonly HardwareArrival[]): number {
  const first = arrivals.reduce((least, { at }) => Math.min(least, at), table.newestAt)
  const windows = Math.max(1, (table.newestAt - first) / aftermathMs)
  return Math.min(1, arrivals.length / Math.max(1, table.facts.length) / windows)
}
