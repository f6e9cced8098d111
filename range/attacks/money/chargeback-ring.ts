/** Friendly fraud: goods are bought with working cards, delivered, and the payments disputed weeks later. */

import { newAddress, sentTo } from '../../customs.ts'
import type { RangeEvent } from '../../event.ts'
import { chargedBack } from '../../mishaps.ts'
import { newCard } from '../../newcomer.ts'
import type { Attack, Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dayMs } from '../../times.ts'
import { dealOut, inRing } from '../crowd.ts'
import { buyOnce, later } from '../deeds.ts'
import { type Member, newMember, newPace, openings, ringPlan } from '../members.ts'

const name = 'chargeback_ring'

export const chargebackRing: Attack = {
  name,
  accountsMin: 4,
  reasons: ['chargeback'],
  plan(place, { random, room, id }): Plan {
    const size = random.int(4, Math.min(20, room))
    const pace = newPace(random)
    const cards = dealOut(size, { random, usersMin: 2, usersMax: 3, make: newCard })
    const doors = dealOut(size, { random, usersMin: 2, usersMax: 6, make: newAddress })
    const disputes = random.between(0.25, 0.8)
    const members = openings(size, place, { random, spreadDays: random.between(5, 60) }).map((bornAt, n) => {
      const card = cards[n]
      return newMember(place, random, {
        pace,
        bornAt,
        ...(card !== undefined && { cards: [{ thing: card, weight: 1 }] }),
      })
    })
    return ringPlan(members, {
      place,
      random,
      truth: inRing(id, name),
      deeds: (member, n) => buyAndDispute(member, place, { random, address: doors[n] ?? '', disputes }),
    })
  },
}

function buyAndDispute(
  member: Member,
  place: Place,
  { random, address, disputes }: { random: Random; address: string; disputes: number },
): readonly RangeEvent[] {
  const { person, turnsAt } = member
  const more = Array.from({ length: random.int(0, 2) }, () =>
    later(member, place, { random, days: random.between(5, 30) }),
  )
  return [turnsAt, ...more].flatMap((at) => {
    const bought = buyOnce(person, at, { random, price: 1.3, shows: sentTo(place.customs, address) })
    const card = bought.at(-1)?.identifiers?.payment
    if (card === undefined || !random.chance(disputes)) return bought
    const disputedAt = at + random.between(6, 45) * dayMs
    return [...bought, chargedBack(person.account, disputedAt, { card, currency: person.currency, random })]
  })
}
