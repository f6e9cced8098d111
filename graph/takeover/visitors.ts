/** Members of a community that only visit it: every identifier that ties them to it is one they arrived at. */
import type { KindLookup } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { tieOf } from '../projection/uses/of.ts'
import type { Community } from '../rings/community.ts'
import { dayMs } from '../time.ts'
import { changedAfter, hasArrived, isBrief } from './arrivals.ts'
import type { TakeoverCohort } from './cohorts.ts'
import { isOfHardware } from './of-kinds.ts'
import type { Visit } from './visit.ts'

/** Accounts taken over together meet the identifier within this time. */
const togetherMs = 7 * dayMs

export interface Visitor {
  readonly account: number
  /** The identifier most accounts arrived at together. */
  readonly pivot: number
  readonly arrivedAt: number
  /** Accounts that arrived there within a week of this one, itself included. */
  readonly together: number
  readonly brief: boolean
  readonly sensitiveChange: boolean
}

export interface VisitorSearch {
  readonly asOf: number
  readonly kindOf: KindLookup
}

/** By account. Who is a victim of a cohort is a visitor whatever else ties it. */
export function visitorsOf(
  table: LinkTable,
  community: Community,
  search: VisitorSearch,
): ReadonlyMap<number, Visitor> {
  const { arrivedAt, stayed } = meetingsOf(table, community, search.kindOf)
  const visitors = new Map<number, Visitor>()
  for (const account of community.members) {
    const visit = community.takeover?.victims.get(account)
    const visitor =
      visit && community.takeover
        ? victimOf(table, visit, { cohort: community.takeover, asOf: search.asOf })
        : stayed.has(account)
          ? undefined
          : strongestMeeting(table, account, { arrivedAt, asOf: search.asOf })
    if (visitor) visitors.set(account, visitor)
  }
  return visitors
}

function meetingsOf(table: LinkTable, { shared }: Community, kindOf: KindLookup) {
  const isHardware = (identifier: number): boolean => isOfHardware(table, identifier, kindOf)
  const arrivedAt = new Map<number, Map<number, number>>()
  const stayed = new Set<number>()
  for (const { identifier, members } of shared) {
    for (const account of members) {
      const tie = tieOf(table, account, identifier)
      if (!tie) continue
      if (
        !hasArrived(
          table,
          { account, met: { identifier, firstAt: tie.firstAt, lastAt: tie.lastAt } },
          isHardware,
        )
      ) {
        stayed.add(account)
        continue
      }
      const known = arrivedAt.get(identifier) ?? new Map<number, number>()
      arrivedAt.set(identifier, known.set(account, tie.firstAt))
    }
  }
  return { arrivedAt, stayed }
}

function victimOf(
  table: LinkTable,
  { account, at, met, changed, paid }: Visit,
  { cohort, asOf }: { cohort: TakeoverCohort; asOf: number },
): Visitor {
  const tie = tieOf(table, account, met)
  const others = [...cohort.victims.values()].map((visit) => visit.at)
  return {
    account,
    pivot: met,
    arrivedAt: at,
    together: countWithin(others, at),
    brief: tie !== undefined && isBrief(tie, asOf),
    sensitiveChange:
      changed || paid.some((id) => cohort.receivers.some((one) => table.facts.ids[one.account] === id)),
  }
}

function strongestMeeting(
  table: LinkTable,
  account: number,
  { arrivedAt, asOf }: { arrivedAt: ReadonlyMap<number, ReadonlyMap<number, number>>; asOf: number },
): Visitor | undefined {
  const candidates = [...arrivedAt].flatMap(([pivot, arrivals]) => {
    const at = arrivals.get(account)
    return at === undefined ? [] : [{ pivot, at, together: countWithin(arrivals.values(), at) }]
  })
  const best = candidates.toSorted((a, b) => b.together - a.together || a.pivot - b.pivot)[0]
  const tie = best && tieOf(table, account, best.pivot)
  if (!best || !tie) return undefined
  return {
    account,
    pivot: best.pivot,
    arrivedAt: best.at,
    together: best.together,
    brief: isBrief(tie, asOf),
    sensitiveChange: changedAfter(table, account, best.at),
  }
}

function countWithin(times: Iterable<number>, at: number): number {
  let count = 0
  for (const time of times) if (Math.abs(time - at) <= togetherMs) count += 1
  return count
}
