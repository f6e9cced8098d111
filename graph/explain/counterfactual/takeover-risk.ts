/**
 * Whether a takeover could be found among some accounts. Takeovers are told from chance by rates of the whole
 * population, so where one is possible no part of it can foretell a detection. Says yes too often, never too seldom:
 * whoever met an identifier long after birth, and not for long, counts as taken over.
 */
import { establishedMs, isEvidence, tiesOf } from '../../evidence/account-facts.ts'
import type { AccountState } from '../../model.ts'
import type { IdentifierUsers } from '../../ports.ts'
import { briefMs, isPivotKind } from '../../takeover/arrivals.ts'
import { windowMs } from '../../takeover/chance.ts'
import { victimsMin } from '../../takeover/pivots.ts'
import type { GroupingOptions } from './grouping.ts'
import { keyOf, type Reader } from './surroundings.ts'

export function takeoverRisk(
  read: Reader,
  options: GroupingOptions,
): (accounts: Iterable<string>) => boolean {
  const known = new Map<string, boolean>()
  const isPivot = (id: string): boolean => {
    const crowd = read.crowds.get(id)
    const answer = known.get(id) ?? (crowd !== undefined && mayBePivot(crowd, options))
    known.set(id, answer)
    return answer
  }
  return (accounts) => [...accounts].some((id) => keysOf(read.states.get(id)).some(isPivot))
}

const keysOf = (state: AccountState | undefined): readonly string[] => (state ? tiesOf(state).map(keyOf) : [])

function mayBePivot({ identifier, uses }: IdentifierUsers, { kindOf, asOf }: GroupingOptions): boolean {
  const kind = kindOf(identifier.kind)
  if (!kind || !isPivotKind(kind)) return false
  const byAccount = Map.groupBy(
    uses.filter(({ type }) => isEvidence(type)),
    ({ account }) => account,
  )
  const visits = [...byAccount.values()].flatMap((own) => {
    const firstAt = Math.min(...own.map((use) => use.firstAt))
    const lastAt = Math.max(...own.map((use) => use.lastAt))
    const bornAt = own[0]?.bornAt
    const isOld = bornAt === undefined || firstAt - bornAt >= establishedMs
    const isBrief = lastAt - firstAt <= briefMs || asOf - firstAt <= briefMs
    return isOld && isBrief ? [firstAt] : []
  })
  const sorted = visits.toSorted((a, b) => a - b)
  return sorted.some((at, place) => (sorted[place + victimsMin - 1] ?? Infinity) - at <= windowMs)
}
