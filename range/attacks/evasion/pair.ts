/** Two accounts and no more, which is what a couple looks like. */
import type { Attack, Plan } from '../../plan.ts'
import { inRing } from '../crowd.ts'
import { profit } from '../deeds.ts'
import { type Member, newMember, newPace, openings, ringPlan } from '../members.ts'
import { tie } from './tie.ts'

const name = 'pair'

export const pair: Attack = {
  name,
  accountsMin: 2,
  reasons: ['chargeback', 'multi_account'],
  plan(place, { random, id }): Plan {
    const pace = newPace(random)
    const [firstAt = place.startAt, secondAt = place.startAt] = openings(2, place, {
      random,
      spreadDays: random.between(1, 60),
    })
    const both: readonly [Member, Member] = [
      newMember(place, random, { pace, bornAt: firstAt }),
      newMember(place, random, { pace, bornAt: secondAt }),
    ]
    const plan = ringPlan(both, {
      place,
      random,
      truth: inRing(id, name),
      deeds: (member) => profit(member, place, { business: 'cards', random }),
    })
    const ties = Array.from({ length: random.pick([1, 1, 2, 3]) }, () =>
      tie(both, place, { random, days: random.between(2, 25) }),
    )
    return { ...plan, events: [...plan.events, ...ties.flat()] }
  },
}
