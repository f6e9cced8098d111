/**
 * What takeovers turn on: an identifier that unrelated established accounts meet within one week, more than chance
 * brings together, or an account they pay after it, and then credentials, payout details or money move. Chance is a
 * Poisson count of how many established accounts met something new of that kind in that week; of all pivots named
 * at most one in a hundred may be false (Benjamini & Hochberg 1995).
 */
import { falseDiscoveryCut, poissonTail } from '../evidence/chance.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { type ArrivalAt, type ArrivalReads, type ArrivalSearch, arrivalsIn } from './arrivals.ts'
import {
  type Arrivals,
  type ChanceRates,
  expectedArrivals,
  measureRates,
  type TakeoverChance,
  windowMs,
} from './chance.ts'
import { hostilityTest } from './hostility.ts'
import { isOfHardware } from './of-kinds.ts'
import { placesOf, visitsOf } from './places.ts'
import { paidPivots, payersByReceiver } from './receivers.ts'
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

export interface PivotSearch extends ArrivalSearch {
  /** As another run measured it; measured anew when not given. */
  readonly chance?: TakeoverChance
}

export interface FoundPivots {
  /** Those that chance does not explain and something followed; identifiers first, in ascending order. */
  readonly pivots: readonly Pivot[]
  readonly chance: TakeoverChance
}

export function takeoverPivots(table: LinkTable, search: PivotSearch): FoundPivots {
  const { byIdentifier, hardwareOf } = arrivalsIn(table, search)
  // All of them are only to be measured by: fewer users are no pivot.
  const arrivals = byIdentifier(search.chance ? victimsMin : 1)
  const rates =
    search.chance ?? measureRates(table, arrivals, Array.from(table.facts.ids.keys(), hardwareOf).flat())
  const met = metPivots(table, arrivals, { ...search, rates })
  const paid = paidPivots(table, hardwareOf, { visitorsMin: victimsMin, ...rates }).map((pivot) => ({
    ...pivot,
    unrelated: pivot.visits.length,
  }))
  const chance: TakeoverChance = search.chance ?? {
    ...rates,
    metMax: believedMax(met, arrivals.size),
    paidMax: believedMax(paid, payersByReceiver(table).size),
  }
  return { pivots: hostilePivots(table, { met, paid, hardwareOf }, { ...search, chance }), chance }
}

function hostilePivots(
  table: LinkTable,
  { met, paid, hardwareOf }: Record<'met' | 'paid', readonly Pivot[]> & Pick<ArrivalReads, 'hardwareOf'>,
  search: PivotSearch & { readonly chance: TakeoverChance },
): readonly Pivot[] {
  const { chance, kindOf } = search
  const isHostile = hostilityTest(table, { hardwareOf, rates: chance.hostile, kindOf })
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
