/** One account's part in a takeover: what it met, when, and what followed. */
import type { LinkTable } from '../projection/link-table.ts'
import { changedAfter, paidAfter } from './arrivals.ts'

export interface Visit {
  readonly account: number
  readonly at: number
  /** The identifier it met. */
  readonly met: number
  /** Credentials or payout details changed within days. */
  readonly changed: boolean
  /** Accounts that were given money within days, by id. */
  readonly paid: readonly string[]
}

export const visitOf = (
  table: LinkTable,
  { account, at, met }: Pick<Visit, 'account' | 'at' | 'met'>,
): Visit => ({
  account,
  at,
  met,
  changed: changedAfter(table, account, at),
  paid: paidAfter(table, account, at),
})

/** Whom at least two of the visitors paid, by id. */
export function paidTogether(visits: readonly Visit[]): ReadonlySet<string> {
  const payers = new Map<string, number>()
  for (const { paid } of visits) for (const to of paid) payers.set(to, (payers.get(to) ?? 0) + 1)
  return new Set([...payers].flatMap(([to, count]) => (count > 1 ? [to] : [])))
}
