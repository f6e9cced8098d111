/** What fraud is made of, a visit at a time: each looks like anybody's. */
import type { EventIdentifiers, RangeEvent } from '../event.ts'
import type { Network } from '../networks.ts'
import { newCard } from '../newcomer.ts'
import { type Person, useAt } from '../person.ts'
import type { Place } from '../plan.ts'
import type { Random } from '../random.ts'
import { atUsualHour, payOut } from '../routine.ts'
import { aWhile, during, newMoney, newSession, type Session } from '../session.ts'
import { dayMs, hourMs } from '../times.ts'
import { aftermath } from './aftermath.ts'
import type { Member } from './members.ts'

export interface Visit {
  readonly random: Random
  /** Instead of the person's own. */
  readonly device?: string
  readonly network?: Network
}

export function sessionOf(person: Person, at: number, { random, device, network }: Visit): Session {
  const session = newSession(person, at, random)
  return {
    ...session,
    ...(device !== undefined && { device }),
    ...(network !== undefined && { ip: network.addressAt(at, random) }),
  }
}

/** A log-in and nothing else. */
export const comeBy = (person: Person, at: number, visit: Visit): readonly RangeEvent[] => [
  during(sessionOf(person, at, visit), at, { type: 'login' }),
]

export interface Purchase extends Visit {
  readonly shows?: Omit<EventIdentifiers, 'device' | 'ip'>
  /** The median price, as a multiple of what the person mostly spends. */
  readonly price?: number
  readonly outcome?: 'reversed'
}

/** Paid with a card of theirs, or one bought for it. */
export function buyOnce(
  person: Person,
  at: number,
  { shows, price = 1, outcome, ...visit }: Purchase,
): readonly RangeEvent[] {
  const { random } = visit
  const session = sessionOf(person, at, visit)
  const payment = shows?.payment ?? useAt(person.cards, at, random) ?? newCard(random)
  return [
    during(session, at, { type: 'login' }),
    during(session, at + aWhile(random), {
      type: 'payment',
      shows: { ...shows, payment },
      money: newMoney(random, person.currency, price * person.spends),
      ...(outcome && { outcome }),
    }),
  ]
}

/** Money leaves to a bank account. */
export function takeOut(
  person: Person,
  at: number,
  { payout, ...visit }: Visit & { payout: string },
): readonly RangeEvent[] {
  const { random } = visit
  const session = sessionOf(person, at, visit)
  return [
    during(session, at, { type: 'login' }),
    payOut(payout, { session, at: at + aWhile(random), currency: person.currency, random }),
  ]
}

/** A moment some days after the turn, before the account is left and the window ends. */
export function later(
  { person, turnsAt }: Pick<Member, 'person' | 'turnsAt'>,
  { endAt }: Place,
  { random, days }: { random: Random; days: number },
): number {
  const until = Math.max(turnsAt, Math.min(endAt - hourMs, person.leavesAt ?? endAt))
  const at = Math.min(until, turnsAt + random.exponential(days) * dayMs)
  return atUsualHour(person, at, { random, from: turnsAt, until })
}

/** What a ring's accounts are for: bonuses, stolen cards, goods for resale. */
export type Business = 'bonus' | 'cards' | 'goods'

/** Accounts that are opened and never earn anything, of 1. */
const comesToNothing = 0.15

export const newBusiness = (random: Random): Business => random.pick(['bonus', 'cards', 'goods'])

export function profit(
  member: Member,
  place: Place,
  { business, ...visit }: Visit & { business: Business },
): readonly RangeEvent[] {
  const { person, turnsAt } = member
  const { random } = visit
  const { payout } = person
  const moment = () => later(member, place, { random, days: random.between(1, 30) })
  if (business === 'bonus' && payout !== undefined) return takeOut(person, turnsAt, { ...visit, payout })
  if (random.chance(comesToNothing)) return comeBy(person, turnsAt, visit)
  const more = random.pick([0, 0, 0, 1, 2])
  const price = business === 'cards' ? 1.3 : 0.9
  const chargeback = business === 'cards' ? 0.25 : 0.04
  return [
    ...buyOnce(person, turnsAt, { ...visit, price }),
    ...Array.from({ length: more }, () => buyOnce(person, moment(), { ...visit, price })).flat(),
    ...aftermath(person, turnsAt, { place, random, chargeback, report: 0.04 }),
  ]
}
