/** Takeover cohorts: pivots that share a victim, a receiver or users are one attack, however often its devices change. */
import { disjointSets } from '../communities/disjoint-sets.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { tieOf, usedBy, usersOf } from '../projection/uses/of.ts'
import { dayMs } from '../time.ts'
import { aftermathMs } from './arrivals.ts'
import type { TakeoverChance } from './chance.ts'
import { type Pivot, type PivotSearch, takeoverPivots } from './pivots.ts'
import { placesOf } from './places.ts'
import { accountNamed, payersByReceiver } from './receivers.ts'
import { paidTogether, type Visit } from './visit.ts'

/** From this probability a receiver belongs to the attack; a popular seller is paid by many others too. */
const receiverMin = 0.35
const payersMin = 2
/** Accounts this new to the pivot at the attack are the attacker's own. */
const operatorWithinMs = 30 * dayMs

export interface Receiver {
  readonly account: number
  /** Victims that paid it, of all who ever did. */
  readonly victims: number
  readonly payers: number
}

export interface TakeoverCohort {
  readonly pivots: readonly Pivot[]
  /** Accounts that somebody else got into, ascending by account; the first visit of each. */
  readonly victims: ReadonlyMap<number, Visit>
  readonly receivers: readonly Receiver[]
  /** Accounts on a pivot that are no victims: the attacker's own, and a repairer's, ascending. */
  readonly others: readonly number[]
}

export interface FoundCohorts {
  /** By their least victim. An account is a victim in one only. */
  readonly cohorts: readonly TakeoverCohort[]
  readonly chance: TakeoverChance
}

export function takeoverCohorts(table: LinkTable, search: PivotSearch): FoundCohorts {
  const { pivots, chance } = takeoverPivots(table, search)
  return { cohorts: cohortsOf(table, pivots), chance }
}

function cohortsOf(table: LinkTable, pivots: readonly Pivot[]): readonly TakeoverCohort[] {
  const sets = disjointSets(pivots.length)
  const seen = new Map<string, number>()
  const everyVictim = new Set(pivots.flatMap(({ visits }) => visits.map(({ account }) => account)))
  pivots.forEach(({ receiver, visits }, number) => {
    const victims = visits.map(({ account }) => `victim ${account}`)
    const paid = [...paidTogether(visits)].map((id) => `paid ${id}`)
    const own = receiver === undefined ? [] : [`paid ${table.facts.ids[receiver]}`]
    const also = alsoMet(table, visits, everyVictim).map((identifier) => `met ${identifier}`)
    for (const key of [...victims, ...paid, ...own, ...also]) {
      const other = seen.get(key)
      if (other === undefined) seen.set(key, number)
      else sets.unite(other, number)
    }
  })
  for (const place of placesOf(table, pivots)) {
    const [first = 0, ...others] = place.map((pivot) => pivots.indexOf(pivot))
    for (const other of others) sets.unite(first, other)
  }
  const groups = Map.groupBy(pivots, (_, number) => sets.rootOf(number))
  const paid = pivots.flatMap(({ visits }) => visits.flatMap((visit) => visit.paid))
  const payers = payersByReceiver(table, new Set(paid))
  return [...groups.values()]
    .map((together) => cohortOf(table, together, payers))
    .toSorted((a, b) => leastVictim(a) - leastVictim(b))
}

const leastVictim = ({ victims }: TakeoverCohort): number => victims.keys().next().value ?? 0

/** What else victims met at the time, where most of its users are victims: devices in turn are one attack's. */
function alsoMet(
  table: LinkTable,
  visits: readonly Visit[],
  victims: ReadonlySet<number>,
): readonly number[] {
  const known = new Map<number, boolean>()
  const isAttackers = (identifier: number): boolean => {
    const found = known.get(identifier)
    if (found !== undefined) return found
    const users = usersOf(table, identifier)
    const isFew = users.length > 1 && users.length < 2 * victims.size
    const is = isFew && users.filter((user) => victims.has(user)).length * 2 > users.length
    known.set(identifier, is)
    return is
  }
  return visits.flatMap(({ account, at }) => {
    const { identifiers, ties } = usedBy(table, account)
    return ties.flatMap(({ firstAt }, place) => {
      const identifier = identifiers[place] ?? -1
      return Math.abs(firstAt - at) <= aftermathMs && isAttackers(identifier) ? [identifier] : []
    })
  })
}

/** How many accounts paid each account, by its id. */
type Payers = ReadonlyMap<string, number>

function cohortOf(table: LinkTable, pivots: readonly Pivot[], payers: Payers): TakeoverCohort {
  const visits = pivots
    .flatMap((pivot) => pivot.visits)
    .toSorted((a, b) => a.account - b.account || a.at - b.at)
  const victims = new Map<number, Visit>()
  for (const visit of visits) if (!victims.has(visit.account)) victims.set(visit.account, visit)
  const receivers = receiversOf(table, payers, victims)
  const known = new Set([...victims.keys(), ...receivers.map(({ account }) => account)])
  const others = pivots.flatMap((pivot) => newOn(table, pivot).filter((account) => !known.has(account)))
  return { pivots, victims, receivers, others: [...new Set(others)].toSorted((a, b) => a - b) }
}

/** Accounts that came to the pivot about when its first victim did. */
function newOn(table: LinkTable, { identifier, visits }: Pivot): readonly number[] {
  if (identifier === undefined) return []
  const startsAt = visits[0]?.at ?? Infinity
  return [...usersOf(table, identifier)].filter((account) => {
    const firstAt = tieOf(table, account, identifier)?.firstAt ?? Infinity
    return Math.abs(firstAt - startsAt) <= operatorWithinMs
  })
}

/**
 * Accounts that victims paid in the days after, where victims are so large a part of all payers that chance would
 * not have chosen them: the odds of a direct payment are victims / (other payers + 1), as for any shared thing.
 */
function receiversOf(
  table: LinkTable,
  payers: Payers,
  victims: ReadonlyMap<number, Visit>,
): readonly Receiver[] {
  const paidBy = new Map<string, number>()
  for (const { paid } of victims.values()) for (const id of paid) paidBy.set(id, (paidBy.get(id) ?? 0) + 1)
  const receivers = [...paidBy].flatMap(([id, count]) => {
    const account = accountNamed(table, id)
    if (account < 0 || count < payersMin || victims.has(account)) return []
    const all = payers.get(id) ?? count
    return receiverProbability({ victims: count, payers: all }) >= receiverMin
      ? [{ account, victims: count, payers: all }]
      : []
  })
  return receivers.toSorted((a, b) => a.account - b.account)
}

export const receiverProbability = ({ victims, payers }: Pick<Receiver, 'victims' | 'payers'>): number =>
  victims / (payers + 1)
