/** The same person becomes a new customer every day or so, for what new customers get; the parcels go to one door. */

import { newAddress, newCode, sentTo } from '../../customs.ts'
import type { RangeEvent } from '../../event.ts'
import { newCard, newDevice } from '../../newcomer.ts'
import type { Attack, Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dayMs } from '../../times.ts'
import { dealOut, inRing } from '../crowd.ts'
import { buyOnce, later } from '../deeds.ts'
import { type Member, newMember, newOperator, newPace, ringPlan } from '../members.ts'
import { respelt } from './respelt.ts'

const name = 'promo_abuse'
const gapDays = { min: 0.3, max: 1.2 }

export const promoAbuse: Attack = {
  name,
  accountsMin: 5,
  reasons: ['promo_abuse', 'multi_account'],
  plan(place, { random, room, id }): Plan {
    const scheme = newScheme(place, random, random.int(5, Math.min(30, room)))
    const [device = newDevice(random)] = scheme.devices
    const isRun = random.chance(0.4)
    const customers = scheme.births.slice(isRun ? 1 : 0).map((bornAt, n) =>
      newMember(place, random, {
        pace: scheme.pace,
        bornAt,
        devices: [{ thing: scheme.devices[n % scheme.devices.length] ?? device, weight: 1 }],
        networks: [{ thing: scheme.home, weight: 1 }],
        cards: [{ thing: scheme.cards[n] ?? newCard(random), weight: 1 }],
        ...sentTo(place.customs, scheme.address),
        promo: scheme.promo,
      }),
    )
    const fromAt = scheme.births[0] ?? place.startAt
    const boss = isRun ? [newOperator(place, random, { fromAt, device, line: scheme.home })] : []
    return ringPlan([...customers, ...boss], {
      place,
      random,
      truth: inRing(id, name),
      deeds: (member, n) =>
        orders(member, { place, random, scheme, referredBy: boss[0] ?? customers[n - 1] }),
    })
  },
}

interface Scheme {
  readonly births: readonly number[]
  /** Used in turn. */
  readonly devices: readonly string[]
  readonly cards: readonly string[]
  readonly home: ReturnType<Place['networks']['home']>
  readonly address: string
  /** Parcels whose address is spelt another way, of 1. */
  readonly respelt: number
  readonly promo: string
  /** Whether the bonus is for bringing a friend. */
  readonly refers: boolean
  readonly pace: ReturnType<typeof newPace>
}

function newScheme(place: Place, random: Random, size: number): Scheme {
  const gaps = Array.from({ length: size }, () => random.between(gapDays.min, gapDays.max) * dayMs)
  const lengthMs = gaps.reduce((sum, gap) => sum + gap, 0)
  let at = random.between(place.startAt, place.endAt - lengthMs - dayMs)
  return {
    births: gaps.map((gap) => (at += gap)),
    devices: Array.from({ length: random.int(2, Math.max(2, Math.ceil(size / 3))) }, () => newDevice(random)),
    cards: dealOut(size, { random, usersMin: 1, usersMax: random.int(1, 3), make: newCard }),
    home: place.networks.home(random),
    address: newAddress(random),
    respelt: random.pick([0, 0.3, 0.8]),
    promo: newCode(random),
    refers: random.chance(0.4),
    pace: { ...newPace(random), waitDays: random.between(0.2, 4) },
  }
}

function orders(
  member: Member,
  {
    place,
    random,
    scheme,
    referredBy,
  }: { place: Place; random: Random; scheme: Scheme; referredBy: Member | undefined },
): readonly RangeEvent[] {
  const { person, turnsAt, role } = member
  const address = random.chance(scheme.respelt) ? respelt(scheme.address, random) : scheme.address
  // Whoever runs it has things sent there as well, at the full price.
  const promo = role === 'operator' ? {} : { promo: scheme.promo }
  const bought = buyOnce(person, turnsAt, {
    random,
    price: 0.8,
    shows: { ...sentTo(place.customs, address), ...promo },
  })
  if (!scheme.refers || referredBy === undefined || referredBy === member) return bought
  const told: RangeEvent = {
    at: later(member, place, { random, days: 1 }),
    type: 'other',
    account: referredBy.person.account,
    counterparties: [{ account: person.account, relation: 'referred' }],
  }
  return [...bought, told]
}
