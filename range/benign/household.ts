/**
 * Families and flats: people under one roof who share a line, often a tablet, a card or a bank account.
 * Figures: docs/detection.md 4.1 (sizes of US households; sharing of devices: ARF).
 */

import { isLocker, newAddress } from '../customs.ts'
import type { RangeEvent } from '../event.ts'
import { outliveCard } from '../mishaps.ts'
import { newBirth, newCard, newDevice, newPayout, newPerson } from '../newcomer.ts'
import { type Person, type Use } from '../person.ts'
import type { Place, Plan, Population } from '../plan.ts'
import type { Random } from '../random.ts'
import { dayMs, hourMs } from '../times.ts'
import { dwellingAt, settled } from './settle.ts'

const sizes = [
  [2, 34.6],
  [3, 15],
  [4, 13],
  [5, 6],
  [6, 3],
] as const

const sharesDevice = 0.42
const sharesCard = 0.5
const sharesBank = 0.2
/** A member uses what the household shares: the device, and a card that is there for all. */
const takesPart = 0.6
const paysByIt = 0.85
const joinTogether = 0.12
/** A new television: everybody is on it soon, and stays. */
const buysTelevision = 0.12
const runsOutOfMoney = 0.06

export const households: Population = {
  name: 'household',
  accountsMin: 2,
  plan(place, { random, room, id }): Plan {
    const size = Math.min(room, random.weighted(sizes))
    const shared = sharedBy(place, random)
    const settlers = Array.from({ length: size }, () => member(place, random, { shared, id }))
    const more = settlers.flatMap((person) => declinesOf(person, shared, random))
    return settled(settlers, { place, random, more })
  },
}

function sharedBy(place: Place, random: Random) {
  return {
    home: place.networks.home(random),
    address: newAddress(random),
    device: random.chance(sharesDevice) ? newDevice(random) : undefined,
    card: random.chance(sharesCard) ? newCard(random) : undefined,
    payout: random.chance(sharesBank) ? newPayout(random) : undefined,
    bornAt: random.chance(joinTogether) ? newBirth(place, random) : undefined,
    television: random.chance(buysTelevision)
      ? { device: newDevice(random), fromAt: random.between(place.startAt, place.endAt) }
      : undefined,
    brokeAt: random.chance(runsOutOfMoney) ? random.between(place.startAt, place.endAt) : undefined,
  }
}

type Shared = ReturnType<typeof sharedBy>

function member(place: Place, random: Random, { shared, id }: { shared: Shared; id: string }): Person {
  const person = newPerson(place, random, {
    networks: dwellingAt(place, random, shared.home).networks,
    group: id,
    ...(shared.bornAt !== undefined && { bornAt: soonAfter(shared.bornAt, place, random) }),
  })
  const card = shared.card !== undefined && random.chance(paysByIt) ? [{ thing: shared.card, weight: 3 }] : []
  return {
    ...person,
    // Who gives an address gives the family's.
    ...(person.address !== undefined && !isLocker(person.address) && { address: shared.address }),
    ...(shared.payout !== undefined && person.payout !== undefined && { payout: shared.payout }),
    devices: [...person.devices, ...sharedDevices(shared, random)],
    cards: [...person.cards, ...card],
  }
}

function sharedDevices({ device, television }: Shared, random: Random): readonly Use<string>[] {
  const old = device !== undefined && random.chance(takesPart) ? [{ thing: device, weight: 2 }] : []
  const isWatched = television !== undefined && random.chance(0.85)
  if (!isWatched) return old
  const fromAt = television.fromAt + random.exponential(2 * dayMs)
  return [...old, { thing: television.device, weight: 2, fromAt }]
}

/** The month their cards fail, whoever's they are. */
const declinesOf = (person: Person, { brokeAt }: Shared, random: Random): readonly RangeEvent[] =>
  brokeAt === undefined || brokeAt <= person.bornAt ? [] : outliveCard(person, brokeAt, random)

const soonAfter = (at: number, { endAt }: Place, random: Random): number =>
  Math.min(endAt - hourMs, at + random.exponential(hourMs))
