/** Showing that two accounts share one thing, and no more than that. */

import { newAddress, sentTo } from '../../customs.ts'
import type { RangeEvent } from '../../event.ts'
import { newCard, newDevice, newPayout, newPhone } from '../../newcomer.ts'
import type { Place } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { during } from '../../session.ts'
import { buyOnce, comeBy, later, sessionOf, takeOut } from '../deeds.ts'
import type { Member } from '../members.ts'

const ways = ['device', 'payment', 'payout', 'phone', 'address'] as const

/** One visit of each, with something new in common. */
export function tie(
  pair: readonly [Member, Member],
  place: Place,
  { random, days }: { random: Random; days: number },
): readonly RangeEvent[] {
  const way = random.pick(ways)
  const show = showing(way, place, random)
  return pair.flatMap((member) => show(member, later(member, place, { random, days })))
}

function showing(
  way: (typeof ways)[number],
  { customs }: Place,
  random: Random,
): (member: Member, at: number) => readonly RangeEvent[] {
  if (way === 'device') {
    const device = newDevice(random)
    return ({ person }, at) => comeBy(person, at, { random, device })
  }
  if (way === 'payout') {
    const payout = newPayout(random)
    return ({ person }, at) => takeOut(person, at, { random, payout })
  }
  if (way === 'phone') {
    const phone = newPhone(random)
    return ({ person }, at) => [
      during(sessionOf(person, at, { random }), at, { type: 'credential_change', shows: { phone } }),
    ]
  }
  const door = sentTo(customs, newAddress(random))
  const shows = way === 'payment' || door.address === undefined ? { payment: newCard(random) } : door
  return ({ person }, at) => buyOnce(person, at, { random, shows })
}
