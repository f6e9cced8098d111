/**
 * Where victims' money goes. An account that several established accounts paid, each within days of meeting new
 * hardware, names a takeover even where every victim met another device.
 */
import { givesTo } from '../evidence/account-facts.ts'
import { poissonTail } from '../evidence/chance.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { type ArrivalReads, aftermathMs, type HardwareArrival } from './arrivals.ts'
import { type Visit, visitOf } from './visit.ts'

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
  hardwareOf: ArrivalReads['hardwareOf'],
  { visitorsMin, coincidence }: { readonly visitorsMin: number; readonly coincidence: number },
): readonly PaidPivot[] {
  const visits = new Map<number, Map<number, Visit>>()
  for (let account = 0; account < table.facts.length; account++) {
    if (!table.facts.relationsAt(account).some(givesTo)) continue
    for (const { at, identifier } of hardwareOf(account)) {
      const visit = visitOf(table, { account, at, met: identifier })
      for (const to of visit.paid) {
        const receiver = accountNamed(table, to)
        if (receiver < 0) continue
        const known = visits.get(receiver) ?? new Map<number, Visit>()
        visits.set(receiver, known)
        if (!known.has(account)) known.set(account, visit)
      }
    }
  }
  const busy = [...visits].filter(([, byAccount]) => byAccount.size >= visitorsMin)
  const nameOf = (receiver: number): string => table.facts.idAt(receiver)
  const payers = payersByReceiver(table, new Set(busy.map(([receiver]) => nameOf(receiver))))
  return busy.map(([receiver, byAccount]) => {
    const expected = (payers.get(nameOf(receiver)) ?? 0) * coincidence
    const sorted = [...byAccount.values()].toSorted((a, b) => a.at - b.at || a.account - b.account)
    return { receiver, visits: sorted, expected, p: poissonTail(expected, byAccount.size) }
  })
}

/** Accounts that paid each account, by its id; of these alone, where some are given. */
export function payersByReceiver(table: LinkTable, among?: ReadonlySet<string>): ReadonlyMap<string, number> {
  const payers = new Map<string, number>()
  if (among?.size === 0) return payers
  for (let account = 0; account < table.facts.length; account++) {
    const relations = table.facts.relationsAt(account)
    if (relations.length === 0) continue
    const paid = relations.filter((row) => givesTo(row) && among?.has(row.to) !== false)
    for (const to of new Set(paid.map((row) => row.to))) payers.set(to, (payers.get(to) ?? 0) + 1)
  }
  return payers
}

/** The number of an account, which are numbered in order of their ids; -1 where there is none of that id. */
export const accountNamed = ({ facts }: Pick<LinkTable, 'facts'>, id: string): number => facts.numberOf(id)

/** The chance that an account met new hardware within the aftermath's time before any moment. */
export function coincidenceOf(table: LinkTable, arrivals: readonly HardwareArrival[]): number {
  const first = arrivals.reduce((least, { at }) => Math.min(least, at), table.newestAt)
  const windows = Math.max(1, (table.newestAt - first) / aftermathMs)
  return Math.min(1, arrivals.length / Math.max(1, table.facts.length) / windows)
}
