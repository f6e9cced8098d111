/** What is done with one account somebody else has got into. */
import type { RangeEvent } from '../../event.ts'
import { chargedBack } from '../../mishaps.ts'
import { type Person, useAt } from '../../person.ts'
import type { Random } from '../../random.ts'
import { during, newMoney, newSession, type Session, strangersSession } from '../../session.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../../times.ts'
import type { Gang } from './gang.ts'

const takesMoney = 0.85
const ownerNotices = 0.5

interface Robbery {
  readonly gang: Gang
  readonly random: Random
}

export function robVictim(person: Person, at: number, { gang, random }: Robbery): readonly RangeEvent[] {
  const { account } = person
  const receiver = random.pick(gang.receivers)
  const session = strangersSession(account, at, {
    device: random.pick(gang.devices),
    network: gang.network,
    random,
  })
  const tries = random.chance(0.35) ? random.int(1, 4) : 0
  const guesses = Array.from({ length: tries }, (_, n) =>
    during(session, at + n * 40 * secondMs, { type: 'login_failed' }),
  )
  const inAt = at + tries * 40 * secondMs
  const changedAt = inAt + Math.min(random.exponential(1.5 * hourMs), 8 * hourMs)
  const movedAt = changedAt + minuteMs + random.exponential(6 * hourMs)
  return [
    ...guesses,
    during(session, inAt, { type: 'login' }),
    ...(random.chance(gang.changes) ? [changeOf(session, changedAt, { receiver, gang, random })] : []),
    ...(random.chance(takesMoney) ? moneyOf(person, movedAt, { receiver, session, gang, random }) : []),
    ...(random.chance(ownerNotices) ? recovery(person, movedAt + random.exponential(3 * dayMs), random) : []),
  ]
}

function changeOf(
  session: Session,
  at: number,
  { receiver, gang, random }: Robbery & { receiver: Person },
): RangeEvent {
  const { payout } = receiver
  if (gang.way === 'payout' && payout !== undefined)
    return during(session, at, { type: 'payout_change', shows: { payout } })
  const shows = random.chance(gang.showsContact) ? gang.contact : {}
  return during(session, at, { type: 'credential_change', shows })
}

function moneyOf(
  person: Person,
  at: number,
  { receiver, session, gang, random }: Robbery & { receiver: Person; session: Session },
): readonly RangeEvent[] {
  const money = newMoney(random, person.currency, 160)
  const { payout, account } = receiver
  if (gang.way === 'payout' && payout !== undefined) {
    return [during(session, at, { type: 'payout', shows: { payout }, money })]
  }
  const card = useAt(person.cards, at, random)
  const paid = during(session, at, {
    type: 'payment',
    counterparties: [{ account, relation: 'paid' }],
    money,
    ...(card !== undefined && { shows: { payment: card } }),
  })
  if (card === undefined || !random.chance(0.25)) return [paid]
  return [
    paid,
    chargedBack(person.account, at + random.between(4, 30) * dayMs, {
      card,
      currency: person.currency,
      random,
    }),
  ]
}

function recovery(person: Person, at: number, random: Random): readonly RangeEvent[] {
  const session = newSession(person, at, random)
  return [
    during(session, at, { type: 'login_failed' }),
    during(session, at + 10 * minuteMs, { type: 'credential_change', shows: { email: person.email } }),
    during(session, at + 11 * minuteMs, { type: 'login' }),
  ]
}
