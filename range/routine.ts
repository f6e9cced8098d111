/** What a person does when nothing special happens: sign up, come back, buy, be paid. */
import type { RangeEvent } from './event.ts'
import { passTime } from './pastimes.ts'
import { type Person, useAt } from './person.ts'
import type { Place } from './plan.ts'
import type { Random } from './random.ts'
import { anyResident } from './residents.ts'
import { aWhile, during, newMoney, newSession, type Session } from './session.ts'
import { dayMs, hourMs, minuteMs, secondMs } from './times.ts'

const buys = 0.35
const isPaidOut = 0.2
/** Of purchases: sent to an address. */
const ships = 0.6
/** Of those who join. */
const buysAtOnce = 0.3
const isPaidAtOnce = 0.35
/** People who come often for some days, and then for long not at all. */
const comesInFits = 0.3
const fitMeanDays = 3
/** Visits of people who have just joined, and how many days after. */
const looksRound = 1.3
const looksRoundDays = 8
/** Of visits: at night as well as by day. */
const atAnyHour = 0.15
/** Of purchases of people who joined with a code: paid with it. */
const reduced = 0.5
/** Of purchases: money to another customer. */
const paysSomebody = 0.06

/** The account's ordinary events; at least one. */
export function liveNormally(person: Person, place: Place, random: Random): readonly RangeEvent[] {
  const events: RangeEvent[] = []
  if (person.bornAt >= place.startAt) events.push(...join(person, place, random))
  for (const at of visitTimes(person, place, random)) events.push(...visit(person, at, { place, random }))
  return events
}

/** Accounts born before the window must be seen in it, or nobody would know of them. */
function visitTimes(person: Person, { startAt, endAt }: Place, random: Random): readonly number[] {
  const from = Math.max(startAt, person.bornAt)
  const until = Math.min(endAt, person.leavesAt ?? endAt)
  const days = Math.max(0, until - from) / dayMs
  const isOld = person.bornAt < startAt
  const count = Math.max(isOld ? 1 : 0, Math.round(random.exponential((person.sessions * days) / 90)))
  const latest = Math.max(from, until - hourMs)
  const fits = random.chance(comesInFits)
    ? Array.from({ length: random.int(1, 3) }, () => random.between(from, latest))
    : []
  return Array.from({ length: count }, () => {
    const at =
      fits.length === 0
        ? random.between(from, latest)
        : Math.min(latest, random.pick(fits) + random.exponential(fitMeanDays * dayMs))
    return atUsualHour(person, at, { random, from, until: until - hourMs })
  })
}

/** The same day at an hour they mostly come, or as it was where that lies outside of the bounds. */
export function atUsualHour(
  { peakHour }: Pick<Person, 'peakHour'>,
  at: number,
  { random, from, until }: { random: Random; from: number; until: number },
): number {
  if (random.chance(atAnyHour)) return at
  const usual = at - (at % dayMs) + random.normal(peakHour, 2.5) * hourMs
  return usual < from || usual >= until ? at : usual
}

/** Who came for something buys it at once, and who came to sell may be paid before the day ends. */
function join(person: Person, place: Place, random: Random): readonly RangeEvent[] {
  const { bornAt, payout, currency } = person
  const session = newSession(person, bornAt, random)
  const events = [signUpIn(session, person)]
  if (random.chance(buysAtOnce)) {
    const at = bornAt + Math.min(random.lognormal(8, 1.3), 180) * minuteMs
    events.push(...buy(person, { session, at, place, random }))
  }
  if (payout !== undefined && random.chance(isPaidAtOnce)) {
    const at = bornAt + random.lognormal(10, 1.5) * hourMs
    events.push(payOut(payout, { session: newSession(person, at, random), at, currency, random }))
  }
  return events
}

function signUpIn(session: Session, person: Person): RangeEvent {
  const { email, phone, promo, bornAt, tellsAge } = person
  const shows = { email, ...(phone !== undefined && { phone }), ...(promo !== undefined && { promo }) }
  return during(session, bornAt, { type: 'signup', shows, ...(tellsAge && { createdAt: bornAt }) })
}

/** Who is new looks round: some more visits in the first days. */
export function lookRound(person: Person, place: Place, random: Random): readonly RangeEvent[] {
  const { bornAt, leavesAt = place.endAt } = person
  if (bornAt < place.startAt) return []
  const until = Math.min(leavesAt, place.endAt) - hourMs
  return Array.from({ length: Math.floor(random.exponential(looksRound)) }, () => {
    const at = Math.min(until, bornAt + random.exponential(looksRoundDays) * dayMs)
    return at <= bornAt ? [] : visit(person, at, { place, random })
  }).flat()
}

function visit(
  person: Person,
  at: number,
  { place, random }: { place: Place; random: Random },
): readonly RangeEvent[] {
  const session = newSession(person, at, random)
  const events: RangeEvent[] = []
  if (random.chance(0.03)) events.push(during(session, at, { type: 'login_failed' }))
  const tellsAge = person.tellsAge && random.chance(0.5)
  events.push(
    during(session, at + 20 * secondMs, { type: 'login', ...(tellsAge && { createdAt: person.bornAt }) }),
  )
  if (random.chance(buys)) events.push(...buy(person, { session, at: at + aWhile(random), place, random }))
  if (person.payout !== undefined && random.chance(isPaidOut)) {
    events.push(
      payOut(person.payout, { session, at: at + aWhile(random), currency: person.currency, random }),
    )
  }
  events.push(...passTime(person, { session, at, place, random }))
  return events
}

interface Moment {
  readonly session: Session
  readonly at: number
  readonly random: Random
}

function buy(
  person: Person,
  { session, at, place, random }: Moment & { place: Place },
): readonly RangeEvent[] {
  const card = useAt(person.cards, at, random)
  const payee = random.chance(paysSomebody) ? anyResident(place, random) : undefined
  if (card === undefined && payee === undefined) return []
  const isShipped = person.address !== undefined && random.chance(ships)
  // A code is given when joining, and again where something costs less by it.
  const isReduced = person.promo !== undefined && person.bornAt >= place.startAt && random.chance(reduced)
  const shared = {
    ...(card !== undefined && {
      shows: {
        payment: card,
        ...(isShipped && { address: person.address }),
        ...(isReduced && { promo: person.promo }),
      },
    }),
    ...(payee !== undefined && { counterparties: [{ account: payee.account, relation: 'paid' as const }] }),
    money: newMoney(random, person.currency, person.spends),
  }
  if (!random.chance(person.declines)) {
    const isReturned = random.chance(0.02)
    return [during(session, at, { type: 'payment', ...shared, ...(isReturned && { outcome: 'reversed' }) })]
  }
  const failed = during(session, at, { type: 'payment_failed', ...shared })
  return random.chance(0.6)
    ? [failed, during(session, at + minuteMs, { type: 'payment', ...shared })]
    : [failed]
}

export function payOut(
  payout: string,
  { session, at, currency, random }: Moment & { currency: string },
): RangeEvent {
  const outcome = random.weighted([
    ['success', 0.9],
    ['pending', 0.07],
    ['failure', 0.03],
  ] as const)
  return during(session, at, {
    type: 'payout',
    shows: { payout },
    money: newMoney(random, currency, 90),
    ...(outcome !== 'success' && { outcome }),
  })
}
