/** Customers as most are, and the things they own. */
import { campaignCode, newAddress, newCode } from './customs.ts'
import { accountPrefix } from './event.ts'
import type { CarrierLine, Network } from './networks.ts'
import type { Person, Use } from './person.ts'
import type { Place } from './plan.ts'
import type { Random } from './random.ts'
import { dayMs, hourMs } from './times.ts'

export type Traits = Partial<Omit<Person, 'account'>> & Pick<Person, 'networks'>

const established = 0.7
const ageMeanDays = 400
/** Of those who join within the window: come through a campaign. */
const recruited = 0.25
/** Of those: buy what they came for, and are gone within days or weeks. */
const passesThrough = 0.4
const staysMeanDays = 9
/** Hardly anybody comes more often, in 90 days. */
const sessionsMax = 200

/** A customer as most are; traits replace what would be drawn. */
export function newPerson(place: Place, random: Random, traits: Traits): Person {
  const account = `${accountPrefix}${random.word()}`
  const phone = random.chance(0.55) ? newPhone(random) : undefined
  const payout = random.chance(place.customs.sellers) ? newPayout(random) : undefined
  const address = newParcelAddress(place, random)
  const promo = random.chance(place.customs.coded) ? newPromo(place, random) : undefined
  const bornAt = newBirth(place, random)
  const leavesAt = bornAt < place.startAt ? undefined : newFarewell(bornAt, random)
  return {
    account,
    bornAt,
    // Whoever says when somebody came says how long they stay.
    ...(leavesAt !== undefined && traits.bornAt === undefined && { leavesAt }),
    email: newEmail(random),
    ...(phone !== undefined && { phone }),
    ...(payout !== undefined && { payout }),
    ...(address !== undefined && { address }),
    ...(promo !== undefined && { promo }),
    devices: newDevices(place, random),
    cards: newCards(random),
    sessions: place.tempo * Math.min(sessionsMax, random.lognormal(5.5, 1.1)),
    peakHour: random.int(7, 21),
    currency: random.pick(['EUR', 'EUR', 'EUR', 'USD', 'GBP']),
    spends: random.lognormal(28, 0.8),
    declines: random.weighted([
      [0.02, 0.84],
      [random.between(0.1, 0.35), 0.13],
      [random.between(0.4, 0.95), 0.03],
    ]),
    tellsAge: random.chance(0.6),
    group: null,
    ...traits,
  }
}

export function newBirth({ startAt, endAt, campaigns }: Place, random: Random): number {
  if (random.chance(established)) return startAt - random.exponential(ageMeanDays * dayMs) - dayMs
  const latest = endAt - hourMs
  if (campaigns.length === 0 || !random.chance(recruited)) return random.between(startAt, latest)
  return Math.min(latest, random.pick(campaigns) + random.exponential(10 * hourMs))
}

const newFarewell = (bornAt: number, random: Random): number | undefined =>
  random.chance(passesThrough) ? bornAt + random.exponential(staysMeanDays * dayMs) : undefined

function newParcelAddress({ customs, lockers }: Place, random: Random): string | undefined {
  if (!random.chance(customs.addressed)) return undefined
  return random.chance(customs.lockerUsers) ? random.pick(lockers) : newAddress(random)
}

/** Most codes are a campaign's, which many sign up with. */
function newPromo({ campaigns }: Place, random: Random): string {
  if (campaigns.length === 0 || random.chance(0.3)) return newCode(random)
  return campaignCode(random.int(0, campaigns.length - 1))
}

/** A phone, half of the people a second device, few a drawer full; some get a new phone within the window. */
export function newDevices({ startAt, endAt }: Place, random: Random): readonly Use<string>[] {
  const others = random.weighted([
    [0, 0.55],
    [1, 0.37],
    [2, 0.06],
    [random.int(3, 7), 0.02],
  ])
  const drawer = Array.from({ length: others }, (_, n) => ({ thing: newDevice(random), weight: 1 / (n + 1) }))
  const phone = newDevice(random)
  if (!random.chance(0.08)) return [{ thing: phone, weight: 3 }, ...drawer]
  const changedAt = random.between(startAt, endAt)
  return [
    { thing: phone, weight: 3, untilAt: changedAt },
    { thing: newDevice(random), weight: 3, fromAt: changedAt },
    ...drawer,
  ]
}

function newCards(random: Random): readonly Use<string>[] {
  const count = random.weighted([
    [0, 0.2],
    [1, 0.53],
    [2, 0.19],
    [random.int(3, 5), 0.08],
  ])
  return Array.from({ length: count }, (_, n) => ({ thing: newCard(random), weight: 2 - n }))
}

export const newDevice = (random: Random): string => `d_${random.word()}`
export const newCard = (random: Random): string => `tok_${random.word()}`
export const newPayout = (random: Random): string => `po_${random.word()}`

const firstNames = [
  'ada',
  'ben',
  'cleo',
  'dan',
  'eva',
  'finn',
  'gus',
  'hana',
  'ivo',
  'jana',
  'kim',
  'lea',
  'mo',
]
/** Reserved names (RFC 2606), so no letter reaches anybody. */
const mailHosts = ['mail.example', 'post.example', 'inbox.example', 'letters.example', 'home.example']

export const newEmail = (random: Random): string =>
  `${random.pick(firstNames)}.${random.word()}@${random.pick(mailHosts)}`

/** In E.164, with an area code that begins with 0 or 1: no number in North America does. */
export const newPhone = (random: Random): string =>
  `+1${String(random.int(0, 1_999_999_999)).padStart(10, '0')}`

/** Where a person on the move connects from: home mostly, and their phone's line if it has one. */
export function usualNetworks(home: Network, line: CarrierLine | undefined): readonly Use<Network>[] {
  const homes = { thing: home, weight: 3 }
  return line === undefined ? [homes] : [homes, { thing: line, weight: 2 }]
}
