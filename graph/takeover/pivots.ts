/**
 * What takeovers turn on: an identifier that unrelated established accounts meet within one week, more than chance
 * brings together, or an account they pay after it, and then credentials, payout details or money move. Chance is a
 * Poisson count of how many established accounts met something new of that kind in that week; of all pivots named
 * at most one in a hundred may be false (Benjamini & Hochberg 1995).
 */
import { falseDiscoveryCut, poissonTail } from '../evidence/chance.ts'
import type { IdentifierKind } from '../identifiers/kind.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { usedAt, useOf } from '../projection/uses/of.ts'
import { hasArrived, isBrief } from './arrivals.ts'
import {
  type ArrivalAt,
  type Arrivals,
  type ChanceRates,
  expectedArrivals,
  measureRates,
  type TakeoverChance,
  windowMs,
} from './chance.ts'
import { hostilityTest } from './hostility.ts'
import { identifiersOfKinds, isHardwareKind, isOfHardware } from './of-kinds.ts'
import { placesOf, visitsOf } from './places.ts'
import { type HardwareArrival, paidPivots, payersByReceiver } from './receivers.ts'
import { unrelatedGroups } from './unrelated.ts'
import { type Visit, visitOf } from './visit.ts'

export const victimsMin = 3
const falseRate = 0.01

export interface Pivot {
  /** One of the two: what they met, or whom they paid. */
  readonly identifier?: number
  readonly receiver?: number
  /** Ascending by time. */
  readonly visits: readonly Visit[]
  /** Visits by accounts that had nothing to do with each other before. */
  readonly unrelated: number
  /** Visits that chance would bring in a week, and the chance of so many. */
  readonly expected: number
  readonly p: number
}

export interface PivotSearch {
  readonly kindOf: KindLookup
  readonly asOf: number
  /** As another run measured it; measured anew when not given. */
  readonly chance?: TakeoverChance
}

export interface FoundPivots {
  /** Those that chance does not explain and something followed; identifiers first, in ascending order. */
  readonly pivots: readonly Pivot[]
  readonly chance: TakeoverChance
}

export function takeoverPivots(table: LinkTable, search: PivotSearch): FoundPivots {
  const arrivals = arrivalsByIdentifier(table, search)
  const hardware = hardwareArrivals(table, arrivals, search)
  const rates = search.chance ?? measureRates(table, arrivals, hardware)
  const met = metPivots(table, arrivals, { ...search, rates })
  const paid = paidPivots(table, hardware, { visitorsMin: victimsMin, ...rates }).map((pivot) => ({
    ...pivot,
    unrelated: pivot.visits.length,
  }))
  const chance: TakeoverChance = search.chance ?? {
    ...rates,
    metMax: believedMax(met, arrivals.size),
    paidMax: believedMax(paid, payersByReceiver(table).size),
  }
  return { pivots: hostilePivots(table, { met, paid, hardware }, { ...search, chance }), chance }
}

function hostilePivots(
  table: LinkTable,
  {
    met,
    paid,
    hardware,
  }: Record<'met' | 'paid', readonly Pivot[]> & { hardware: readonly HardwareArrival[] },
  search: PivotSearch & { readonly chance: TakeoverChance },
): readonly Pivot[] {
  const { chance, kindOf } = search
  const isHostile = hostilityTest(table, { hardware, rates: chance.hostile, kindOf })
  const unexplained = [
    ...met
      .filter(({ p }) => p <= chance.metMax)
      .toSorted((a, b) => (a.identifier ?? 0) - (b.identifier ?? 0)),
    ...paid.filter(({ p }) => p <= chance.paidMax).toSorted((a, b) => (a.receiver ?? 0) - (b.receiver ?? 0)),
  ]
  const hardwarePivots = unexplained.filter(
    ({ identifier }) => identifier !== undefined && isOfHardware(table, identifier, kindOf),
  )
  const places = placesOf(table, hardwarePivots)
  const hostile = new Set(
    places.filter((place) => place[0] && isHostile({ ...place[0], visits: visitsOf(place) })).flat(),
  )
  return unexplained.filter((pivot) => hostile.has(pivot) || isHostile(pivot))
}

/** The largest chance of a pivot that is believed, of so many tested. */
const believedMax = (tested: readonly Pivot[], tests: number): number =>
  falseDiscoveryCut(
    tested.map(({ p }) => p),
    { tests, rate: falseRate },
  )

function metPivots(
  table: LinkTable,
  arrivals: Arrivals,
  search: PivotSearch & { readonly rates: ChanceRates },
): readonly Pivot[] {
  const expectedAt = expectedArrivals(table, arrivals, search.rates)
  return [...arrivals].flatMap(([identifier, all]) => {
    if (all.length < victimsMin) return []
    const visits = busiestWeek(all.filter(({ brief }) => brief))
    if (visits.length < victimsMin) return []
    const unrelated = unrelatedGroups(table, visits, { pivot: identifier, kindOf: search.kindOf })
    if (unrelated < victimsMin) return []
    const expected = expectedAt(identifier, visits[0]?.at ?? 0)
    const p = poissonTail(expected, unrelated)
    return [
      {
        identifier,
        visits: visits.map((visit) => visitOf(table, { ...visit, met: identifier })),
        unrelated,
        expected,
        p,
      },
    ]
  })
}

function hardwareArrivals(
  table: LinkTable,
  arrivals: Arrivals,
  { kindOf }: PivotSearch,
): readonly HardwareArrival[] {
  return [...arrivals].flatMap(([identifier, all]) => {
    if (!isOfHardware(table, identifier, kindOf)) return []
    return all.filter(({ brief }) => brief).map(({ account, at }) => ({ account, at, identifier }))
  })
}

/**
 * Kinds that an intruder brings: hardware, contact, payout details. A network or a browser is everybody's, and a card
 * that others pay with was stolen from one of them.
 */
export const isPivotKind = ({ name, evidence, household }: IdentifierKind): boolean =>
  evidence.links === 'pairs' && !household && evidence.accountsMax === undefined && name !== 'payment'

function arrivalsByIdentifier(table: LinkTable, { kindOf, asOf }: PivotSearch): Arrivals {
  const { rows, own } = table.uses
  const { firstAt, lastAt } = rows
  const isPivot = identifiersOfKinds(table, kindOf, isPivotKind)
  const isHardware = identifiersOfKinds(table, kindOf, isHardwareKind)
  const found = new Map<number, ArrivalAt[]>()
  for (let account = 0; account < table.facts.length; account++) {
    const end = own.ends[account] ?? 0
    for (let place = own.starts[account] ?? end; place < end; place++) {
      const identifier = usedAt(table.uses, place)
      if (!isPivot(identifier)) continue
      const use = useOf(table, account, identifier) ?? -1
      const met = { identifier, firstAt: firstAt[use] ?? 0, lastAt: lastAt[use] ?? 0 }
      if (!hasArrived(table, { account, met }, isHardware)) continue
      const arrival = { account, at: met.firstAt, brief: isBrief(met, asOf) }
      const known = found.get(identifier)
      if (known) known.push(arrival)
      else found.set(identifier, [arrival])
    }
  }
  return found
}

/** The week with the most arrivals; the earliest of several. */
function busiestWeek(arrivals: readonly ArrivalAt[]): readonly ArrivalAt[] {
  const sorted = arrivals.toSorted((a, b) => a.at - b.at || a.account - b.account)
  let best: readonly ArrivalAt[] = []
  let from = 0
  sorted.forEach(({ at }, to) => {
    while (at - (sorted[from]?.at ?? at) > windowMs) from += 1
    if (to - from + 1 > best.length) best = sorted.slice(from, to + 1)
  })
  return best
}
