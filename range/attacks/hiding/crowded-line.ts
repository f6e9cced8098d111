/** A ring that works from a campus or a café, where an address says nothing. */
import { newCard, newPhone } from '../../newcomer.ts'
import type { Attack, Plan } from '../../plan.ts'
import { dealOut, inRing } from '../crowd.ts'
import { newBusiness, profit } from '../deeds.ts'
import { crowdedLine } from '../hideout.ts'
import { newMember, newPace, openings, ringPlan } from '../members.ts'

const name = 'crowded_line'

export const crowdedLineFarm: Attack = {
  name,
  accountsMin: 5,
  reasons: ['multi_account', 'promo_abuse'],
  plan(place, { random, room, id }): Plan {
    const size = random.int(5, Math.min(25, room))
    const line = crowdedLine(place, random)
    const [pace, business] = [newPace(random), newBusiness(random)]
    const cards = dealOut(size, { random, usersMin: 1, usersMax: random.int(2, 4), make: newCard })
    const phones = dealOut(size, { random, usersMin: 1, usersMax: random.int(1, 3), make: newPhone })
    const members = openings(size, place, { random, spreadDays: random.between(3, 60) }).map((bornAt, n) => {
      const [card, phone] = [cards[n], phones[n]]
      return newMember(place, random, {
        pace,
        bornAt,
        networks: [
          { thing: line, weight: 2 },
          { thing: place.networks.carrierLine(random), weight: 1 },
        ],
        ...(card !== undefined && { cards: [{ thing: card, weight: 1 }] }),
        ...(phone !== undefined && { phone }),
      })
    })
    return ringPlan(members, {
      place,
      random,
      truth: inRing(id, name),
      deeds: (member) => profit(member, place, { business, random, network: line }),
    })
  },
}
