/** What befalls honest people and looks like fraud from outside. */
import type { RangeEvent } from './event.ts'
import { newCard, newEmail, newPayout, newPhone } from './newcomer.ts'
import { isInUse, type Person, useAt } from './person.ts'
import type { Place } from './plan.ts'
import type { Random } from './random.ts'
import { anyResident } from './residents.ts'
import { during, newMoney, newSession } from './session.ts'
import { dayMs, hourMs, minuteMs, secondMs } from './times.ts'

/** Who has forgotten everything, or whose subscription is charged again and again, tries so often. */
const triesMax = 30

/** Who sells is complained of now and then. */
const isReportedTrading = 0.02

type Mishap = (person: Person, at: number, random: Random) => readonly RangeEvent[]

export function mishapsOf(person: Person, place: Place, random: Random): readonly RangeEvent[] {
  const events: RangeEvent[] = []
  const happens = (share: number, mishap: Mishap) => {
    if (!random.chance(share)) return
    const from = Math.max(place.startAt, person.bornAt + hourMs)
    const at = random.between(from, Math.max(from, Math.min(place.endAt, person.leavesAt ?? place.endAt)))
    events.push(...mishap(person, at, random))
  }
  happens(0.09, forgetPassword)
  happens(0.04, outliveCard)
  happens(0.03, tryCards)
  happens(0.02, changeContact)
  happens(0.006, disputePurchase)
  happens(0.02, changePassword)
  happens(person.payout === undefined ? 0 : 0.06, changeBank)
  happens(person.payout === undefined ? 0.004 : isReportedTrading, (somebody, at) =>
    beReported(somebody, at, anyResident(place, random)),
  )
  const replaced = person.devices.find(({ fromAt }) => fromAt !== undefined && fromAt > person.bornAt)
  if (replaced?.fromAt !== undefined && random.chance(0.3)) {
    events.push(...changePassword(person, replaced.fromAt + random.exponential(8 * hourMs), random))
  }
  return events
}

const forgetPassword: Mishap = (person, at, random) => {
  const session = newSession(person, at, random)
  const tries = Math.min(triesMax, 1 + Math.ceil(random.lognormal(2, 0.9)))
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
  const tries = Math.min(triesMax, 1 + Math.ceil(random.lognormal(2.5, 0.9)))
  return Array.from({ length: tries }, () => {
    const triedAt = at + random.exponential(1.5 * dayMs)
    return during(newSession(person, triedAt, random), triedAt, {
      type: 'payment_failed',
      shows: { payment: card },
      money: newMoney(random, person.currency, person.spends),
    })
  })
}

/** A wallet of cards, prepaid ones among them, is tried through until one pays: seconds apart, most declined. */
const tryCards: Mishap = (person, at, random) => {
  const session = newSession(person, at, random)
  const bought = Math.min(12, Math.floor(random.lognormal(2.5, 0.9)))
  const wallet = [
    ...person.cards.filter((card) => isInUse(card, at)).map(({ thing }) => thing),
    ...Array.from({ length: bought }, () => newCard(random)),
  ]
  const events: RangeEvent[] = [during(session, at, { type: 'login' })]
  let triedAt = at
  for (const card of wallet.slice(0, 14)) {
    triedAt += random.lognormal(70, 0.8) * secondMs
    const type = random.chance(0.3) ? 'payment' : 'payment_failed'
    events.push(
      during(session, triedAt, {
        type,
        shows: { payment: card },
        money: newMoney(random, person.currency, 9),
      }),
    )
  }
  return events
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

/** A new mailbox, or a new number. */
const changeContact: Mishap = (person, at, random) => {
  const session = newSession(person, at, random)
  const shows = random.chance(0.55) ? { email: newEmail(random) } : { phone: newPhone(random) }
  return [
    during(session, at, { type: 'login' }),
    during(session, at + 2 * minuteMs, { type: 'credential_change', shows }),
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
