/**
 * Arrivals: an established account with a device of its own meets an identifier it never used. One arrival is a
 * new phone; several accounts arriving at the same identifier within days is what a takeover looks like.
 */
import { type AccountFacts, type Tie, wasEstablished } from '../evidence/account-facts.ts'
import { tieOf } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import type { Community } from '../rings/community.ts'
import { dayMs } from '../time.ts'

/** A visitor stays this long at the most; whoever stays longer has made the identifier its own. */
const briefMs = 4 * dayMs

/** Accounts taken over together meet the identifier within this time. */
const cohortMs = 7 * dayMs

/** A credential or payout change this soon after an arrival speaks for it. */
const sensitiveMs = 3 * dayMs

const hardware = 'hardware'

export interface Arrival {
  readonly account: number
  /** The identifier most accounts arrived at together. */
  readonly pivot: number
  readonly arrivedAt: number
  /** Accounts that arrived at the pivot within a week of this one, itself included. */
  readonly together: number
  readonly brief: boolean
  readonly sensitiveChange: boolean
}

/** Members for which every identifier that ties them to the community is an arrival. */
export function arrivalsOf(
  table: LinkTable,
  community: Community,
  { asOf, kindFamily }: { asOf: number; kindFamily: (kind: string) => string | undefined },
): ReadonlyMap<number, Arrival> {
  const arrivedAt = new Map<number, Map<number, number>>()
  const stayed = new Set<number>()
  for (const { identifier, members } of community.shared) {
    for (const account of members) {
      const tie = tieOf(table, account, identifier)
      const facts = table.facts[account]
      if (!tie || !facts) continue
      const arrived = isArrival(table, { account, facts, tie }, kindFamily)
      if (!arrived) stayed.add(account)
      else
        arrivedAt.set(
          identifier,
          (arrivedAt.get(identifier) ?? new Map<number, number>()).set(account, tie.firstAt),
        )
    }
  }
  const arrivals = new Map<number, Arrival>()
  for (const account of community.members) {
    const arrival = stayed.has(account) ? undefined : strongestArrival(table, account, { arrivedAt, asOf })
    if (arrival) arrivals.set(account, arrival)
  }
  return arrivals
}

function isArrival(
  table: LinkTable,
  { account, facts, tie }: { account: number; facts: AccountFacts; tie: Tie },
  kindFamily: (kind: string) => string | undefined,
): boolean {
  if (!wasEstablished(facts, tie.firstAt, table)) return false
  const own = table.ties[account]?.ties ?? []
  return own.some(
    (other) => kindFamily(other.kind) === hardware && other.ref !== tie.ref && other.firstAt < tie.firstAt,
  )
}

function strongestArrival(
  table: LinkTable,
  account: number,
  { arrivedAt, asOf }: { arrivedAt: ReadonlyMap<number, ReadonlyMap<number, number>>; asOf: number },
): Arrival | undefined {
  const candidates = [...arrivedAt].flatMap(([pivot, arrivals]) => {
    const at = arrivals.get(account)
    return at === undefined ? [] : [{ pivot, at, together: countWithin(arrivals.values(), at) }]
  })
  const best = candidates.toSorted((a, b) => b.together - a.together || a.pivot - b.pivot)[0]
  if (!best) return undefined
  const tie = tieOf(table, account, best.pivot)
  return {
    account,
    pivot: best.pivot,
    arrivedAt: best.at,
    together: best.together,
    brief: tie !== undefined && (tie.lastAt - tie.firstAt <= briefMs || asOf - tie.firstAt <= briefMs),
    sensitiveChange: (table.facts[account]?.sensitiveChangesAt ?? []).some(
      (at) => at >= best.at && at - best.at <= sensitiveMs,
    ),
  }
}

function countWithin(times: Iterable<number>, at: number): number {
  let count = 0
  for (const time of times) if (Math.abs(time - at) <= cohortMs) count += 1
  return count
}
