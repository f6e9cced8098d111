/** A ring that knows how it would be found: whatever two of its accounts have in common, no third one has. */
import type { Attack, Plan } from '../../plan.ts'
import { inRing } from '../crowd.ts'
import { newBusiness, profit } from '../deeds.ts'
import { newMember, newPace, openings, ringPlan } from '../members.ts'
import { tie } from './tie.ts'

const name = 'twos'

export const twos: Attack = {
  name,
  accountsMin: 5,
  reasons: ['multi_account', 'chargeback'],
  plan(place, { random, room, id }): Plan {
    const size = random.int(5, Math.min(25, room))
    const [pace, business] = [newPace(random), newBusiness(random)]
    const births = openings(size, place, { random, spreadDays: random.between(5, 70) })
    const members = births.map((bornAt) => newMember(place, random, { pace, bornAt }))
    const plan = ringPlan(members, {
      place,
      random,
      truth: inRing(id, name),
      deeds: (member) => (random.chance(0.3) ? profit(member, place, { business, random }) : []),
    })
    // Every round is a circle, so all hang together after the first.
    const rounds = Array.from({ length: random.int(1, 2) }, () => random.shuffle(members))
    const ties = rounds.flatMap((circle) =>
      circle.flatMap((member, n) =>
        tie([member, circle[(n + 1) % circle.length] ?? member], place, {
          random,
          days: random.between(3, 30),
        }),
      ),
    )
    return { ...plan, events: [...plan.events, ...ties] }
  },
}
