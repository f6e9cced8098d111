/** An account a week, each tied to the one before by one thing: nothing ever has three users. */
import type { Attack, Plan } from '../../plan.ts'
import { dayMs } from '../../times.ts'
import { inRing } from '../crowd.ts'
import { newBusiness, profit } from '../deeds.ts'
import { newMember, newPace, ringPlan } from '../members.ts'
import { tie } from './tie.ts'

const name = 'low_and_slow'
const gapDays = 7

export const lowAndSlow: Attack = {
  name,
  accountsMin: 4,
  reasons: ['multi_account', 'promo_abuse'],
  plan(place, { random, room, id }): Plan {
    const size = random.int(4, Math.min(14, room))
    const lastAt = random.between(place.startAt + 40 * dayMs, place.endAt - 2 * dayMs)
    const [pace, business] = [newPace(random), newBusiness(random)]
    const members = Array.from({ length: size }, (_, n) => {
      const weeks = size - 1 - n + random.between(-0.2, 0.2)
      return newMember(place, random, {
        pace,
        bornAt: Math.min(lastAt - weeks * gapDays * dayMs, place.endAt - dayMs),
      })
    })
    const plan = ringPlan(members, {
      place,
      random,
      truth: inRing(id, name),
      // What ties them are visits too, so few come for more.
      deeds: (member) => (random.chance(0.3) ? profit(member, place, { business, random }) : []),
    })
    const ties = members
      .slice(1)
      .map((member, n) => tie([members[n] ?? member, member], place, { random, days: random.between(2, 20) }))
    return { ...plan, events: [...plan.events, ...ties.flat()] }
  },
}
