/**
 * Whether what follows a meeting is what intruders do. Many unrelated people meet one identifier at a repair shop too,
 * and have their passwords set anew there; but nobody's money moves, and no owner is locked out.
 */
import { poissonTail } from '../evidence/chance.ts'
import type { IdentifierKind } from '../identifiers/kind.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { usedBy } from '../projection/uses/of.ts'
import { type ArrivalReads, aftermathMs, type HardwareArrival } from './arrivals.ts'
import { endsBadly, isMarked } from './signs.ts'
import { paidTogether, type Visit, visitOf } from './visit.ts'

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

/** How often, of 1, ordinary visits are marked or end badly by themselves. */
export interface HostileRates {
  readonly marked: number
  readonly endsBadly: number
}

/** By the arrivals at hardware that nobody else arrived at. */
export function hostileRates(table: LinkTable, hardware: readonly HardwareArrival[]): HostileRates {
  const users = Map.groupBy(hardware, ({ identifier }) => identifier)
  const ordinary = hardware
    .filter(({ identifier }) => users.get(identifier)?.length === 1)
    .map(({ identifier, ...arrival }) => visitOf(table, { ...arrival, met: identifier }))
  const rateOf = (is: (visit: Visit) => boolean): number =>
    Math.max(hostileRateMin, (ordinary.filter(is).length + 1) / (ordinary.length + 2))
  return {
    marked: rateOf((visit) => isMarked(table, visit)),
    endsBadly: rateOf((visit) => endsBadly(table, visit)),
  }
}

export function hostilityTest(
  table: LinkTable,
  {
    hardwareOf,
    rates,
    kindOf,
  }: {
    readonly hardwareOf: ArrivalReads['hardwareOf']
    readonly rates: HostileRates
    readonly kindOf: KindLookup
  },
): (pivot: PivotSigns) => boolean {
  const bears = (visit: Visit): boolean => isMarked(table, visit)
  const areUnlikely = unlikelihood(rates.marked)
  const ends = (visit: Visit): boolean => endsBadly(table, visit)
  const endUnlikely = unlikelihood(rates.endsBadly)
  /** It met new hardware about when it met the other. */
  const cameWithHardware = ({ account, at }: Visit): boolean =>
    hardwareOf(account).some((one) => Math.abs(one.at - at) <= aftermathMs)

  return ({ identifier, receiver, visits }) => {
    const shareOf = (holds: (visit: Visit) => boolean): number => visits.filter(holds).length / visits.length
    if (receiver !== undefined) return areUnlikely(visits, (visit) => visit.changed || bears(visit))
    const kind = kindOf(table.identifiers.kindAt(identifier ?? -1))
    const isGiven = kind !== undefined && isContactOrPayout(kind)
    if (!isGiven && shareOf(ends) >= followedShareMin && endUnlikely(visits, ends)) return true
    const paid = paidTogether(visits)
    const isPaid = (visit: Visit): boolean => visit.paid.some((to) => paid.has(to))
    if (shareOf((visit) => visit.changed || isPaid(visit)) < followedShareMin) return false
    // Payout details and contacts are not met in passing, and whoever enters them for an owner brings a device.
    if (isGiven)
      return shareOf(cameWithHardware) >= broughtShareMin || shareOf(({ changed }) => changed) >= 0.5
    const shared = metTogether(table, visits, { identifier, kindOf })
    return areUnlikely(visits, (visit) => shared.has(visit.account) || isPaid(visit) || bears(visit))
  }
}

/** Whether more of the visits are hostile than as many ordinary ones would be. */
const unlikelihood =
  (rate: number) =>
  (visits: readonly Visit[], holds: (visit: Visit) => boolean): boolean => {
    const count = visits.filter(holds).length
    return count > 1 && poissonTail(rate * visits.length, count) <= chanceMax
  }

const isContactOrPayout = ({ family, name }: IdentifierKind): boolean =>
  family === 'contact' || name === 'payout'

/** Visitors that also met the same payout details or contact within days, each for the first time. */
function metTogether(
  table: LinkTable,
  visits: readonly Visit[],
  { identifier, kindOf }: { identifier: number | undefined; kindOf: KindLookup },
): ReadonlySet<number> {
  const isGiven = (other: number): boolean => {
    const kind = kindOf(table.identifiers.kindAt(other))
    return other !== identifier && kind !== undefined && !kind.household && isContactOrPayout(kind)
  }
  const met = new Map<number, number[]>()
  for (const { account, at } of visits) {
    const { identifiers, ties } = usedBy(table, account)
    ties.forEach(({ firstAt }, place) => {
      const other = identifiers[place] ?? -1
      if (firstAt < at || firstAt - at > aftermathMs || !isGiven(other)) return
      met.set(other, [...(met.get(other) ?? []), account])
    })
  }
  return new Set([...met.values()].filter(({ length }) => length > 1).flat())
}
