/** Signs on one account that a visit was an intruder's: what is done with it, and what its owner does about it. */
import type { AccountFacts } from '../evidence/account-facts.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { usedBy } from '../projection/uses/of.ts'
import { dayMs } from '../time.ts'
import { aftermathMs } from './arrivals.ts'
import type { Visit } from './visit.ts'

/** An owner who is locked out tries in vain for days; a stolen card is disputed within weeks. */
const lockedOutMs = 10 * dayMs
const disputedMs = 45 * dayMs

/** Who finds somebody else in the account disputes and sets passwords anew within so long. */
const noticedMs = 14 * dayMs
/** A repairer sets them anew at the counter, the same day. */
const atCounterMs = dayMs

type Met = Pick<Visit, 'account' | 'at'>

/** Whether payout details changed, charges were disputed, or the owner was locked out. */
export function isMarked(table: LinkTable, visit: Met): boolean {
  const facts = table.facts.at(visit.account)
  if (!facts) return false
  return (
    isWithin(facts.payoutChangesAt, visit.at, aftermathMs) ||
    isWithin(facts.chargebacksAt, visit.at, disputedMs) ||
    isLockedOut(table, visit, facts)
  )
}

/**
 * Whether the account was emptied or taken back: payout details changed, credentials changed and money went to a
 * stranger, charges were disputed soon, or credentials were changed days later.
 */
export function endsBadly(table: LinkTable, visit: Omit<Visit, 'met'>): boolean {
  const facts = table.facts.at(visit.account)
  if (!facts) return false
  return (
    (visit.changed && visit.paid.length > 0) ||
    isWithin(facts.payoutChangesAt, visit.at, aftermathMs) ||
    isWithin(facts.chargebacksAt, visit.at, noticedMs) ||
    isWithin(facts.sensitiveChangesAt, visit.at + atCounterMs, noticedMs - atCounterMs)
  )
}

const isWithin = (times: readonly number[], from: number, ms: number): boolean =>
  times.some((time) => time >= from && time - from <= ms)

const isLockedOut = (table: LinkTable, { account, at }: Met, { failedLogins }: AccountFacts): boolean =>
  failedLogins.some(
    ({ kind, ref, firstAt, lastAt, days }) =>
      isOwn(table, account, { kind, ref, at }) &&
      // Of failures between the first and the last the day is known. One much later takes nothing back.
      isWithin([firstAt, ...days.slice(1, -1).map((day) => day * dayMs), lastAt], at, lockedOutMs),
  )

/** Hardware that the account had before. */
function isOwn(
  table: LinkTable,
  account: number,
  { kind, ref, at }: { kind: string; ref: string; at: number },
): boolean {
  if (kind !== 'device' && kind !== 'cookie') return false
  return usedBy(table, account).ties.some((tie) => tie.kind === kind && tie.ref === ref && tie.firstAt < at)
}
