/**
 * What takeovers turn on: an identifier that unrelated established accounts meet within one week, more than chance
 * brings together, or an account they pay after it, and then credentials, payout details or money move. Chance is a
 * Poisson count of how many established accounts met something new of that kind in that week; of all pivots named
 * at most one in a hundred may be false (Benjamini & Hochberg 1995).
 */
import { falseDiscoveryCut, poissonTail } from '../evidence/chance.ts'
import type { IdentifierKind } from '../identifiers/kind.ts'
import type { KindLookup } from '../projection/entities.ts'
import { type LinkTable, tieOf } from '../projection/link-table.ts'
import { dayMs } from '../time.ts'
import { isArrival, isBrief } from './arrivals.ts'
import { hostilityTest } from './hostility.ts'
import { placesOf, visitsOf } from './places.ts'
import { type HardwareArrival, paidPivots, payersByReceiver } from './receivers.ts'
import { unrelatedGroups } from './unrelated.ts'
import { type Visit, visitOf } from './visit.ts'

export const windowMs = 7 * dayMs
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
}

/** Those that chance does not explain and something followed; identifiers first, in ascending order. */
export function takeoverPivots(table: LinkTable, search: PivotSearch): readonly Pivot[] {
  const arrivals = arrivalsByIdentifier(table, search)
  const met = metPivots(table, arrivals, search)
  const hardware = hardwareArrivals(table, arrivals, search)
  const paid = paidPivots(table, hardware, victimsMin)
  const isHostile = hostilityTest(table, hardware, search.kindOf)
  const unexplained = [
    ...believed(met, arrivals.size).toSorted((a, b) => (a.identifier ?? 0) - (b.identifier ?? 0)),
    ...believed(
      paid.map((pivot) => ({ ...pivot, unrelated: pivot.visits.length })),
      payersByReceiver(table).size,
    ).toSorted((a, b) => (a.receiver ?? 0) - (b.receiver ?? 0)),
  ]
  const hardwarePivots = unexplained.filter(
    ({ identifier }) => identifier !== undefined && isHardware(table, identifier, search.kindOf),
  )
  const places = placesOf(table, hardwarePivots)
  const hostile = new Set(
    places.filter((place) => place[0] && isHostile({ ...place[0], visits: visitsOf(place) })).flat(),
  )
  return unexplained.filter((pivot) => hostile.has(pivot) || isHostile(pivot))
}

function believed(tested: readonly Pivot[], tests: number): readonly Pivot[] {
  const cut = falseDiscoveryCut(
    tested.map(({ p }) => p),
    { tests, rate: falseRate },
  )
  return tested.filter(({ p }) => p <= cut)
}

function metPivots(
  table: LinkTable,
  arrivals: ReadonlyMap<number, readonly ArrivalAt[]>,
  search: PivotSearch,
): readonly Pivot[] {
  const rates = arrivalRates(table, arrivals)
  return [...arrivals].flatMap(([identifier, all]) => {
    const visits = busiestWeek(all.filter(({ brief }) => brief))
    if (visits.length < victimsMin) return []
    const unrelated = unrelatedGroups(table, visits, { pivot: identifier, kindOf: search.kindOf })
    if (unrelated < victimsMin) return []
    const expected = rates.expectedAt(identifier, visits[0]?.at ?? 0)
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
  arrivals: ReadonlyMap<number, readonly ArrivalAt[]>,
  { kindOf }: PivotSearch,
): readonly HardwareArrival[] {
  return [...arrivals].flatMap(([identifier, all]) => {
    if (!isHardware(table, identifier, kindOf)) return []
    return all.filter(({ brief }) => brief).map(({ account, at }) => ({ account, at, identifier }))
  })
}

const isHardware = (table: LinkTable, identifier: number, kindOf: KindLookup): boolean =>
  kindOf(table.identifiers[identifier]?.kind ?? '')?.family === 'hardware'

interface ArrivalAt {
  readonly account: number
  readonly at: number
  readonly brief: boolean
}

/**
 * Kinds that an intruder brings: hardware, contact, payout details. A network or a browser is everybody's, and a card
 * that others pay with was stolen from one of them.
 */
export const isPivotKind = ({ name, evidence, household }: IdentifierKind): boolean =>
  evidence.links === 'pairs' && !household && evidence.accountsMax === undefined && name !== 'payment'

function arrivalsByIdentifier(
  table: LinkTable,
  { kindOf, asOf }: PivotSearch,
): ReadonlyMap<number, readonly ArrivalAt[]> {
  const found = new Map<number, ArrivalAt[]>()
  table.ties.forEach(({ identifiers, ties }, account) => {
    ties.forEach((tie, place) => {
      const kind = kindOf(tie.kind)
      if (!kind || !isPivotKind(kind)) return
      const identifier = identifiers[place] ?? -1
      if (!isArrival(table, { account, tie }, kindOf)) return
      const arrival = { account, at: tie.firstAt, brief: isBrief(tie, asOf) }
      const known = found.get(identifier)
      if (known) known.push(arrival)
      else found.set(identifier, [arrival])
    })
  })
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

/**
 * What chance brings to one identifier in one week: accounts that met something new of its kind then, times the
 * further users an identifier of that kind has on average, over how many there are of the kind.
 */
function arrivalRates(table: LinkTable, arrivals: ReadonlyMap<number, readonly ArrivalAt[]>) {
  const byKind = new Map<string, { identifiers: number; further: number; times: number[] }>()
  const ofKind = (identifier: number) => {
    const kind = table.identifiers[identifier]?.kind ?? ''
    const known = byKind.get(kind) ?? { identifiers: 0, further: 0, times: [] }
    byKind.set(kind, known)
    return known
  }
  table.postings.forEach((accounts, identifier) => {
    const kind = ofKind(identifier)
    kind.identifiers += 1
    kind.further += Math.max(0, accounts.length - 1)
  })
  for (const [identifier, all] of arrivals) for (const { at } of all) ofKind(identifier).times.push(at)
  for (const { times } of byKind.values()) times.sort((a, b) => a - b)
  const weeks = Math.max(1, (table.newestAt - oldestAt(arrivals)) / windowMs)
  /** A kiosk's own traffic explains a few visitors: its users a week, but for those of the week and passing ones. */
  const ownRate = (identifier: number, at: number): number => {
    const passing = new Set(arrivals.get(identifier)?.flatMap((one) => (one.brief ? [one.account] : [])))
    const elsewhen = Array.from(table.postings[identifier] ?? []).filter((account) => {
      const firstAt = tieOf(table, account, identifier)?.firstAt ?? at
      return !passing.has(account) && Math.abs(firstAt - at) > windowMs
    })
    return Math.max(0, elsewhen.length - 1) / weeks
  }
  return {
    expectedAt(identifier: number, at: number): number {
      const { identifiers, further, times } = ofKind(identifier)
      const inWeek = placeOf(times, at + windowMs) - placeOf(times, at - windowMs)
      // Both weeks round the first arrival are looked at, so one holds half.
      const byKind = ((inWeek / 2) * ((further + 1) / identifiers)) / identifiers
      return byKind + ownRate(identifier, at)
    },
  }
}

const oldestAt = (arrivals: ReadonlyMap<number, readonly ArrivalAt[]>): number =>
  [...arrivals.values()].flat().reduce((oldest, { at }) => Math.min(oldest, at), Infinity)

/** How many of the ascending times lie before one. */
function placeOf(times: readonly number[], at: number): number {
  let [from, to] = [0, times.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((times[middle] ?? 0) < at) from = middle + 1
    else to = middle
  }
  return from
}
