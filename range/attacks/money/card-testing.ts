/** Stolen cards are tried in bursts of small payments, until it is known which of them work. */
import type { RangeEvent } from '../../event.ts'
import { chargedBack } from '../../mishaps.ts'
import type { Network } from '../../networks.ts'
import { newCard, newDevice, newPerson } from '../../newcomer.ts'
import { type Person } from '../../person.ts'
import type { Attack, Place, Plan, PlannedTruth } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { liveNormally } from '../../routine.ts'
import { during, newMoney, newSession } from '../../session.ts'
import { dayMs, minuteMs, secondMs } from '../../times.ts'
import { dealOut, inRing } from '../crowd.ts'
import { hideout } from '../hideout.ts'

const name = 'card_testing'

export const cardTesting: Attack = {
  name,
  accountsMin: 5,
  reasons: ['chargeback'],
  plan(place, { random, room, id }): Plan {
    const size = random.int(5, Math.min(20, room))
    const ring = newRing(place, random, size)
    const truth = inRing(id, name)
    const testers = ring.devices.map((device) => newTester(place, random, { ring, device }))
    return {
      settlers: [],
      events: testers.flatMap((person) => [
        ...(person.sessions > 0 || person.bornAt >= place.startAt ? liveNormally(person, place, random) : []),
        ...testCards(person, place, { ring, random }),
      ]),
      truth: [
        ...testers.map(({ account }) => truth(account, { role: 'member', since: ring.startsAt })),
        ...ring.holders.map(robbed),
      ],
    }
  },
}

interface Ring {
  readonly startsAt: number
  readonly network: Network
  /** One entry an account. */
  readonly devices: readonly string[]
  readonly cards: readonly string[]
  /** Customers whose own cards are among the stolen. */
  readonly holders: readonly Person[]
  readonly declines: number
  /** Accounts bought, not opened, of 1. */
  readonly aged: number
}

function newRing(place: Place, random: Random, size: number): Ring {
  const sharesDevices = random.chance(0.6)
  // With more cards than tries each card is seen once, and only devices would tie the ring.
  const pool = Math.ceil(size * 9 * random.between(0.35, 0.8))
  const stolen = place.residents
    .filter(({ cards }) => cards.length > 0 && random.chance(0.6 / place.residents.length))
    .flatMap(({ cards }) => cards.slice(0, 1).map(({ thing }) => thing))
  // A household's card is everybody's there.
  const holders = place.residents.filter(
    ({ account, cards }) => place.isFree(account) && cards.some(({ thing }) => stolen.includes(thing)),
  )
  return {
    startsAt: random.between(place.startAt + dayMs, place.endAt - 7 * dayMs),
    network: hideout(place, random, { home: 2, hosting: 5, proxies: 3 }),
    devices: dealOut(size, { random, usersMin: 1, usersMax: sharesDevices ? 5 : 1, make: newDevice }),
    cards: [...stolen, ...Array.from({ length: pool }, () => newCard(random))],
    holders,
    declines: random.between(0.65, 0.92),
    aged: random.pick([0, 0, 0.2, 0.5]),
  }
}

function newTester(place: Place, random: Random, { ring, device }: { ring: Ring; device: string }): Person {
  const isAged = random.chance(ring.aged)
  const days = isAged ? random.between(30, 400) : random.exponential(4)
  const bornAt = ring.startsAt - days * dayMs
  const network = { thing: ring.network, weight: 1 }
  // A bought account was somebody's: their phone was there before the ring's.
  const former = { thing: newDevice(random), weight: 3, untilAt: ring.startsAt - dayMs }
  const home = { thing: place.networks.home(random), weight: 3, untilAt: ring.startsAt - dayMs }
  return newPerson(place, random, {
    bornAt,
    leavesAt: ring.startsAt + random.between(3, 12) * dayMs,
    devices: [
      ...(isAged ? [former] : []),
      { thing: device, weight: 1, ...(isAged && { fromAt: ring.startsAt - dayMs }) },
    ],
    networks: [...(isAged ? [home] : []), { ...network, ...(isAged && { fromAt: ring.startsAt - dayMs }) }],
    cards: isAged && random.chance(0.5) ? [{ thing: newCard(random), weight: 1 }] : [],
    sessions: isAged || random.chance(0.35) ? place.tempo * random.lognormal(8, 0.7) : 0,
  })
}

function testCards(
  person: Person,
  place: Place,
  { ring, random }: { ring: Ring; random: Random },
): readonly RangeEvent[] {
  const cards = random.shuffle(ring.cards).slice(0, random.int(5, 14))
  const bursts = random.int(1, 3)
  const events: RangeEvent[] = []
  for (let burst = 0; burst < bursts; burst += 1) {
    const mine = cards.slice(
      Math.ceil((cards.length * burst) / bursts),
      Math.ceil((cards.length * (burst + 1)) / bursts),
    )
    const at = Math.max(person.bornAt + 10 * minuteMs, ring.startsAt + random.exponential(1.5 * dayMs))
    events.push(...burstOf(person, Math.min(at, place.endAt - dayMs), { cards: mine, ring, random }))
  }
  return events
}

function burstOf(
  person: Person,
  startsAt: number,
  { cards, ring, random }: { cards: readonly string[]; ring: Ring; random: Random },
): readonly RangeEvent[] {
  const session = newSession(person, startsAt, random)
  const events: RangeEvent[] = [during(session, startsAt, { type: 'login' })]
  let at = startsAt
  for (const card of cards) {
    at += random.between(15, 120) * secondMs
    const money = newMoney(random, person.currency, 2)
    const works = !random.chance(ring.declines)
    events.push(
      during(session, at, { type: works ? 'payment' : 'payment_failed', shows: { payment: card }, money }),
    )
    if (works && random.chance(0.4)) {
      const disputedAt = at + random.between(4, 30) * dayMs
      events.push(chargedBack(person.account, disputedAt, { card, currency: person.currency, random }))
    }
  }
  return events
}

/** Their card is among the ring's, and that is all. */
const robbed = ({ account, group }: Person): PlannedTruth => ({
  account,
  ring: null,
  attack: null,
  role: 'bystander',
  group,
})
