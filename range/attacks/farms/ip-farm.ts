/** A farm that buys a new phone and card for every account, and forgets that they leave by one line. */
import { newCard } from '../../newcomer.ts'
import type { Attack, Plan } from '../../plan.ts'
import { inRing } from '../crowd.ts'
import { newBusiness, profit } from '../deeds.ts'
import { fixedAddresses } from '../hideout.ts'
import { type Member, newMember, newPace, openings, ringPlan } from '../members.ts'

const name = 'ip_farm'

export const ipFarm: Attack = {
  name,
  accountsMin: 6,
  reasons: ['multi_account', 'promo_abuse'],
  plan(place, { random, room, id }): Plan {
    const size = random.int(6, Math.min(40, room))
    const births = openings(size, place, { random, spreadDays: random.between(3, 60) })
    const [openedAt = place.startAt] = births
    const line = fixedAddresses(place, random, { count: random.int(1, 4), at: openedAt })
    const [pace, business] = [newPace(random), newBusiness(random)]
    const roams = random.pick([0, 0.2, 0.5])
    const members = births.map((bornAt): Member => {
      const own = random.chance(roams) ? [{ thing: place.networks.carrierLine(random), weight: 1 }] : []
      return newMember(place, random, {
        pace,
        bornAt,
        networks: [{ thing: line, weight: 3 }, ...own],
        cards: random.chance(0.7) ? [{ thing: newCard(random), weight: 1 }] : [],
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
