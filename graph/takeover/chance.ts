/**
 * What chance brings of what takeovers bring too. Measured over a whole population and frozen with the run that measured
 * it, so that what one part of a population does changes nothing that is found in another.
 */
import type { LinkTable } from '../projection/link-table.ts'
import { tieOf, userCount, usersOf } from '../projection/uses/of.ts'
import { dayMs } from '../time.ts'
import type { ArrivalAt, HardwareArrival } from './arrivals.ts'
import { type HostileRates, hostileRates } from './hostility.ts'
import { coincidenceOf } from './receivers.ts'

export const windowMs = 7 * dayMs

/** By identifier. */
export type Arrivals = ReadonlyMap<number, readonly ArrivalAt[]>

/** Of one kind of identifier. */
interface ArrivalsOfKind {
  readonly identifiers: number
  /** Users of each after its first, over all. */
  readonly further: number
  /** When accounts arrived at any, ascending. */
  readonly times: Float64Array
}

export interface ChanceRates {
  readonly kinds: ReadonlyMap<string, ArrivalsOfKind>
  /** From the first arrival to the newest event. */
  readonly weeks: number
  /** The chance that a payer met new hardware shortly before by itself. */
  readonly coincidence: number
  readonly hostile: HostileRates
}

export interface TakeoverChance extends ChanceRates {
  /** Chances up to which pivots are believed, by what was met and by who was paid: at most one in a hundred is false. */
  readonly metMax: number
  readonly paidMax: number
}

export function measureRates(
  table: LinkTable,
  arrivals: Arrivals,
  hardware: readonly HardwareArrival[],
): ChanceRates {
  const oldestAt = [...arrivals.values()].flat().reduce((oldest, { at }) => Math.min(oldest, at), Infinity)
  return {
    kinds: arrivalsByKind(table, arrivals),
    weeks: Math.max(1, (table.newestAt - oldestAt) / windowMs),
    coincidence: coincidenceOf(table, hardware),
    hostile: hostileRates(table, hardware),
  }
}

function arrivalsByKind(table: LinkTable, arrivals: Arrivals): ReadonlyMap<string, ArrivalsOfKind> {
  const byKind = new Map<string, { identifiers: number; further: number; times: number[] }>()
  for (let identifier = 0; identifier < table.identifiers.length; identifier++) {
    const kind = table.identifiers.kindAt(identifier)
    const known = byKind.get(kind) ?? { identifiers: 0, further: 0, times: [] }
    byKind.set(kind, known)
    known.identifiers += 1
    known.further += Math.max(0, userCount(table, identifier) - 1)
    for (const { at } of arrivals.get(identifier) ?? []) known.times.push(at)
  }
  return new Map(
    [...byKind].map(([kind, { times, ...counts }]) => [
      kind,
      { ...counts, times: Float64Array.from(times).sort() },
    ]),
  )
}

/**
 * What chance brings to one identifier in one week: accounts that met something new of its kind then, times the
 * further users an identifier of that kind has on average, over how many there are of the kind.
 */
export function expectedArrivals(
  table: LinkTable,
  arrivals: Arrivals,
  { kinds, weeks }: ChanceRates,
): (identifier: number, at: number) => number {
  /** A kiosk's own traffic explains a few visitors: its users a week, but for those of the week and passing ones. */
  const ownRate = (identifier: number, at: number): number => {
    const passing = new Set(arrivals.get(identifier)?.flatMap((one) => (one.brief ? [one.account] : [])))
    const elsewhen = Array.from(usersOf(table, identifier)).filter((account) => {
      const firstAt = tieOf(table, account, identifier)?.firstAt ?? at
      return !passing.has(account) && Math.abs(firstAt - at) > windowMs
    })
    return Math.max(0, elsewhen.length - 1) / weeks
  }
  return (identifier, at) => {
    const ofKind = kinds.get(table.identifiers.kindAt(identifier))
    // A kind that nobody had used when chance was measured.
    if (!ofKind) return ownRate(identifier, at)
    const { identifiers, further, times } = ofKind
    const inWeek = placeOf(times, at + windowMs) - placeOf(times, at - windowMs)
    // Both weeks round the first arrival are looked at, so one holds half.
    const byKind = ((inWeek / 2) * ((further + 1) / identifiers)) / identifiers
    return byKind + ownRate(identifier, at)
  }
}

/** How many of the ascending times lie before one. */
function placeOf(times: Float64Array, at: number): number {
  let [from, to] = [0, times.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((times[middle] ?? 0) < at) from = middle + 1
    else to = middle
  }
  return from
}
