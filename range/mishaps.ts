/** What befalls honest people and looks like fraud from outside. */
import type { RangeEvent } from './event.ts'
import { newPayout } from './newcomer.ts'
import { type Person, useAt } from './person.ts'
import type { Place } from './plan.ts'
import type { Random } from './random.ts'
import { anyResident } from './routine.ts'
import { during, newMoney, newSession } from './session.ts'
import { dayMs, hourMs, minuteMs } from './times.ts'

type Mishap = (person: Person, at: number, random: Random) => readonly RangeEvent[]

export function mishapsOf(person: Person, place: Place, random: Random): readonly RangeEvent[] {
  const events: RangeEvent[] = []
  const happens = (share: number, mishap: Mishap) => {
    if (!random.chance(share)) return
    const at = random.between(Math.max(place.startAt, person.bornAt + hourMs), place.endAt)
    events.push(...mishap(person, at, random))
  }
  happens(0.05, forgetPassword)
  happens(0.04, outliveCard)
  happens(0.006, disputePurchase)
  happens(0.02, changePassword)
  happens(person.payout === undefined ? 0 : 0.06, changeBank)
  happens(0.004, (somebody, at) => beReported(somebody, at, anyResident(place, random)))
  const newPhone = person.devices.find(({ fromAt }) => fromAt !== undefined && fromAt > person.bornAt)
  if (newPhone?.fromAt !== undefined && random.chance(0.3)) {
    events.push(...changePassword(person, newPhone.fromAt + random.exponential(8 * hourMs), random))
  }
  return events
}

const forgetPassword: Mishap = (person, at, random) => {
  const session = newSession(person, at, random)
  const tries = random.int(2, 5)
  const failed = Array.from({ length: tries }, (_, n) =>
    during(session, at + n * minuteMs, { type: 'login_failed' }),
  )
  const recoveredAt = at + (tries + random.between(2, 20)) * minuteMs
  if (random.chance(0.3)) return failed
  return [
    ...failed,
    during(session, recoveredAt, { type: 'credential_change', shows: { email: person.email } }),
    during(session, recoveredAt + minuteMs, { type: 'login' }),
  ]
}

/** An expired card is tried several times, over some days. */
export const outliveCard: Mishap = (person, at, random) => {
  const card = useAt(person.cards, at, random)
  if (card === undefined) return []
  return Array.from({ length: random.int(2, 6) }, () => {
    const triedAt = at + random.exponential(1.5 * dayMs)
    return during(newSession(person, triedAt, random), triedAt, {
      type: 'payment_failed',
      shows: { payment: card },
      money: newMoney(random, person.currency),
    })
  })
}

const disputePurchase: Mishap = (person, at, random) => {
  const card = useAt(person.cards, at, random)
  return card === undefined
    ? []
    : [chargedBack(person.account, at, { card, currency: person.currency, random })]
}

/** The bank tells of it, so there is neither session nor device. */
export function chargedBack(
  account: string,
  at: number,
  { card, currency, random }: { card: string; currency: string; random: Random },
): RangeEvent {
  return {
    at,
    type: 'chargeback',
    account,
    identifiers: { payment: card },
    money: newMoney(random, currency, 60),
  }
}

const changePassword: Mishap = (person, at, random) => {
  const session = newSession(person, at, random)
  return [
    during(session, at, { type: 'login' }),
    during(session, at + 2 * minuteMs, { type: 'credential_change' }),
  ]
}

const changeBank: Mishap = (person, at, random) => {
  const session = newSession(person, at, random)
  return [
    during(session, at, { type: 'login' }),
    during(session, at + 3 * minuteMs, { type: 'payout_change', shows: { payout: newPayout(random) } }),
  ]
}

export function beReported({ account }: Person, at: number, by: Person | undefined): readonly RangeEvent[] {
  if (by === undefined || by.account === account) return []
  return [{ at, type: 'report', account, counterparties: [{ account: by.account, relation: 'reported_by' }] }]
}
