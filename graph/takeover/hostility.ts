/**
 * Whether what follows a meeting is what intruders do. Many unrelated people meet one identifier at a repair shop too,
 * and have their passwords set anew there; but nobody's money moves, and no owner is locked out.
 */
import { poissonTail } from '../evidence/chance.ts'
import type { IdentifierKind } from '../identifiers/kind.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { dayMs } from '../time.ts'
import { aftermathMs } from './arrivals.ts'
import type { HardwareArrival } from './receivers.ts'
import { paidTogether, type Visit } from './visit.ts'

/** An owner who is locked out tries in vain for days; a stolen card is disputed within weeks. */
const lockedOutMs = 10 * dayMs
const disputedMs = 45 * dayMs

/** The chance of so many hostile visits among ordinary ones, below which they are not ordinary. */
const chanceMax = 0.01
const hostileRateMin = 0.02
/** Visits after which something was changed or money went where other visitors' went. */
const followedShareMin = 0.25
const broughtShareMin = 1 / 3

export interface PivotSigns {
  readonly identifier?: number
  readonly receiver?: number
  readonly visits: readonly Visit[]
}

/** `hardware`: all brief arrivals at hardware. Those nobody else arrived at give the rate of chance. */
export function hostilityTest(
  table: LinkTable,
  hardware: readonly HardwareArrival[],
  kindOf: KindLookup,
): (pivot: PivotSigns) => boolean {
  const users = Map.groupBy(hardware, ({ identifier }) => identifier)
  const ordinary = hardware.filter(({ identifier }) => users.get(identifier)?.length === 1)
  const marked = ordinary.filter((one) => isMarked(table, one)).length
  const rate = Math.max(hostileRateMin, (marked + 1) / (ordinary.length + 2))
  const cameWithHardware = hardwareTest(hardware)
  const isUnlikely = (count: number, visits: readonly Visit[]): boolean =>
    count > 1 && poissonTail(rate * visits.length, count) <= chanceMax

  return ({ identifier, receiver, visits }) => {
    const paid = paidTogether(visits)
    const isPaid = (visit: Visit): boolean => visit.paid.some((to) => paid.has(to))
    const shareOf = (holds: (visit: Visit) => boolean): number => visits.filter(holds).length / visits.length
    if (receiver !== undefined)
      return isUnlikely(visits.filter((visit) => visit.changed || isMarked(table, visit)).length, visits)
    if (shareOf((visit) => visit.changed || isPaid(visit)) < followedShareMin) return false
    const kind = kindOf(table.identifiers[identifier ?? -1]?.kind ?? '')
    // Payout details and contacts are not met in passing, and whoever enters them for an owner brings a device.
    if (kind && isContactOrPayout(kind))
      return shareOf(cameWithHardware) >= broughtShareMin || shareOf(({ changed }) => changed) >= 0.5
    const shared = metTogether(table, visits, { identifier, kindOf })
    const hostile = visits.filter(
      (visit) => shared.has(visit.account) || isPaid(visit) || isMarked(table, visit),
    )
    return isUnlikely(hostile.length, visits)
  }
}

/** Whether an account met new hardware about when it met something else. */
function hardwareTest(arrivals: readonly HardwareArrival[]): (visit: Visit) => boolean {
  const byAccount = Map.groupBy(arrivals, ({ account }) => account)
  return ({ account, at }) =>
    byAccount.get(account)?.some((one) => Math.abs(one.at - at) <= aftermathMs) ?? false
}

const isContactOrPayout = ({ family, name }: IdentifierKind): boolean =>
  family === 'contact' || name === 'payout'

/** Signs on the account itself. */
function isMarked(table: LinkTable, { account, at }: Pick<Visit, 'account' | 'at'>): boolean {
  const facts = table.facts[account]
  if (!facts) return false
  const within = (time: number, ms: number): boolean => time >= at && time - at <= ms
  return (
    facts.payoutChangesAt.some((time) => within(time, aftermathMs)) ||
    facts.chargebacksAt.some((time) => within(time, disputedMs)) ||
    facts.failedLogins.some(
      ({ kind, ref, firstAt, lastAt, days }) =>
        isOwn(table, account, { kind, ref, at }) &&
        // Of failures between the first and the last the day is known. One much later takes nothing back.
        [firstAt, ...days.slice(1, -1).map((day) => day * dayMs), lastAt].some((time) =>
          within(time, lockedOutMs),
        ),
    )
  )
}

/** Hardware that the account had before. */
function isOwn(
  table: LinkTable,
  account: number,
  { kind, ref, at }: { kind: string; ref: string; at: number },
): boolean {
  const own = table.ties[account]?.ties ?? []
  return (
    (kind === 'device' || kind === 'cookie') &&
    own.some((tie) => tie.kind === kind && tie.ref === ref && tie.firstAt < at)
  )
}

/** Visitors that also met the same payout details or contact within days, each for the first time. */
function metTogether(
  table: LinkTable,
  visits: readonly Visit[],
  { identifier, kindOf }: { identifier: number | undefined; kindOf: KindLookup },
): ReadonlySet<number> {
  const isGiven = (other: number): boolean => {
    const kind = kindOf(table.identifiers[other]?.kind ?? '')
    return other !== identifier && kind !== undefined && !kind.household && isContactOrPayout(kind)
  }
  const met = new Map<number, number[]>()
  for (const { account, at } of visits) {
    const { identifiers, ties } = table.ties[account] ?? { identifiers: [], ties: [] }
    ties.forEach(({ firstAt }, place) => {
      const other = identifiers[place] ?? -1
      if (firstAt < at || firstAt - at > aftermathMs || !isGiven(other)) return
      met.set(other, [...(met.get(other) ?? []), account])
    })
  }
  return new Set([...met.values()].filter(({ length }) => length > 1).flat())
}
