/**
 * Arrivals: an established account with a device of its own meets an identifier it never used. One arrival is a
 * new phone; several unrelated accounts arriving at one identifier within days is what takeovers look like.
 */
import { givesTo, type Tie, wasEstablished } from '../evidence/account-facts.ts'
import type { IdentifierKind } from '../identifiers/kind.ts'
import type { KindLookup } from '../projection/entities.ts'
import type { LinkTable } from '../projection/link-table.ts'
import { identifiersUsed, usedAt, usedBy, useOf, userCount } from '../projection/uses/of.ts'
import { dayMs } from '../time.ts'
import { identifiersOfKinds, isHardwareKind, isOfHardware } from './of-kinds.ts'

/** A visitor stays this long at the most; whoever stays longer has made the identifier its own. */
export const briefMs = 4 * dayMs

/** A credential or payout change, or money given away, this soon after an arrival speaks for it. */
export const aftermathMs = 3 * dayMs

/** Data that begins so shortly before a visit holds no history of the account. */
const beginningMs = 3 * dayMs

/** A device of one's own may be the family's too. */
export const ownUsersMax = 3

/** When an account was first and last seen on an identifier. */
export interface Meeting extends Pick<Tie, 'firstAt' | 'lastAt'> {
  readonly identifier: number
}

/** Of an account with whatever it uses, ascending by identifier. */
export function meetingsOf({ uses }: Pick<LinkTable, 'uses'>, account: number): readonly Meeting[] {
  const { firstAt, lastAt } = uses.rows
  return Array.from(identifiersUsed(uses, account), (identifier) => {
    const use = useOf({ uses }, account, identifier) ?? -1
    return { identifier, firstAt: firstAt[use] ?? 0, lastAt: lastAt[use] ?? 0 }
  })
}

/** Whether the account was established, and had other hardware, when it first met what the tie is to. */
export function isArrival(
  table: LinkTable,
  { account, tie: { kind, ref, firstAt, lastAt } }: { account: number; tie: Tie },
  kindOf: KindLookup,
): boolean {
  const isIt = (identifier: number): boolean => {
    const key = table.identifiers.at(identifier)
    return key?.kind === kind && key.ref === ref
  }
  const identifier = usedBy(table, account).identifiers.find(isIt) ?? -1
  return hasArrived(table, { account, met: { identifier, firstAt, lastAt } }, (other) =>
    isOfHardware(table, other, kindOf),
  )
}

/** The same where it is known which identifiers are hardware. */
export function hasArrived(
  table: LinkTable,
  { account, met }: { account: number; met: Meeting },
  isHardware: (identifier: number) => boolean,
): boolean {
  const facts = table.facts.at(account)
  if (!facts || !wasEstablished(facts, met.firstAt, table)) return false
  const { rows, own } = table.uses
  const { firstAt, lastAt } = rows
  // Where the data begins with the visit, hardware of its own that comes after it tells as much.
  const isFirstSight = (facts.firstSeenAt ?? 0) >= met.firstAt - beginningMs
  const isOlder = (identifier: number): boolean => {
    if (identifier === met.identifier || !isHardware(identifier)) return false
    const use = useOf(table, account, identifier) ?? -1
    if ((firstAt[use] ?? 0) < met.firstAt) return true
    return isFirstSight && userCount(table, identifier) <= ownUsersMax && (lastAt[use] ?? 0) > met.lastAt
  }
  const end = own.ends[account] ?? 0
  for (let place = own.starts[account] ?? end; place < end; place++)
    if (isOlder(usedAt(table.uses, place))) return true
  return false
}

/** An account's meeting of something it never used. */
export interface ArrivalAt {
  readonly account: number
  readonly at: number
  /** It did not stay, or is not known to. */
  readonly brief: boolean
}

/** A brief meeting of an established account with hardware new to it. */
export interface HardwareArrival extends Pick<ArrivalAt, 'account' | 'at'> {
  readonly identifier: number
}

export interface ArrivalSearch {
  readonly kindOf: KindLookup
  readonly asOf: number
}

/** Where each account arrived, of what takeovers turn on. */
export interface ArrivalReads {
  /** Of all accounts, by identifier: of those alone that so many use. */
  readonly byIdentifier: (usersMin: number) => ReadonlyMap<number, readonly ArrivalAt[]>
  /** Ascending by time. */
  readonly hardwareOf: (account: number) => readonly HardwareArrival[]
}

export function arrivalsIn(table: LinkTable, { kindOf, asOf }: ArrivalSearch): ArrivalReads {
  const { rows, own } = table.uses
  const isPivot = identifiersOfKinds(table, kindOf, isPivotKind)
  const isHardware = identifiersOfKinds(table, kindOf, isHardwareKind)
  const arrivalAt = (account: number, identifier: number): ArrivalAt | undefined => {
    const use = useOf(table, account, identifier) ?? -1
    const met = { identifier, firstAt: rows.firstAt[use] ?? 0, lastAt: rows.lastAt[use] ?? 0 }
    if (!hasArrived(table, { account, met }, isHardware)) return undefined
    return { account, at: met.firstAt, brief: isBrief(met, asOf) }
  }

  return {
    byIdentifier(usersMin) {
      const found = new Map<number, ArrivalAt[]>()
      for (let account = 0; account < table.facts.length; account++) {
        const end = own.ends[account] ?? 0
        for (let place = own.starts[account] ?? end; place < end; place++) {
          const identifier = usedAt(table.uses, place)
          if (!isPivot(identifier) || userCount(table, identifier) < usersMin) continue
          const arrival = arrivalAt(account, identifier)
          if (!arrival) continue
          const known = found.get(identifier)
          if (known) known.push(arrival)
          else found.set(identifier, [arrival])
        }
      }
      return found
    },

    hardwareOf: (account) =>
      Array.from(identifiersUsed(table.uses, account))
        .flatMap((identifier) => {
          const arrival =
            isPivot(identifier) && isHardware(identifier) ? arrivalAt(account, identifier) : undefined
          return arrival?.brief ? [{ account, at: arrival.at, identifier }] : []
        })
        .toSorted((a, b) => a.at - b.at),
  }
}

/**
 * Kinds that an intruder brings: hardware, contact, payout details. A network or a browser is everybody's, and a card
 * that others pay with was stolen from one of them.
 */
export const isPivotKind = ({ name, evidence, household }: IdentifierKind): boolean =>
  evidence.links === 'pairs' && !household && evidence.accountsMax === undefined && name !== 'payment'

/** Seen only within days, or so lately that it is not known yet whether it stays. */
export const isBrief = (tie: Pick<Tie, 'firstAt' | 'lastAt'>, asOf: number): boolean =>
  tie.lastAt - tie.firstAt <= briefMs || asOf - tie.firstAt <= briefMs

/** Whether credentials or payout details changed within days of an arrival. */
export const changedAfter = (table: LinkTable, account: number, arrivedAt: number): boolean =>
  (table.facts.at(account)?.sensitiveChangesAt ?? []).some(
    (at) => at >= arrivedAt && at - arrivedAt <= aftermathMs,
  )

/** Accounts that the account first gave money to within days of an arrival, ascending. */
export function paidAfter(table: LinkTable, account: number, arrivedAt: number): readonly string[] {
  const relations = table.facts.relationsAt(account)
  if (relations.length === 0) return relations.map(({ to }) => to)
  const given = relations.filter(
    (one) => givesTo(one) && one.firstAt >= arrivedAt && one.firstAt - arrivedAt <= aftermathMs,
  )
  return [...new Set(given.map(({ to }) => to))].toSorted()
}
