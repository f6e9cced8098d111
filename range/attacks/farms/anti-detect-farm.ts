/** Anti-detect browsers: a device of its own for each account and other people's lines; money is what they share. */
import { newCard, newPayout } from '../../newcomer.ts'
import type { Attack, Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dealOut, inRing } from '../crowd.ts'
import { buyOnce, later, takeOut } from '../deeds.ts'
import { residentialProxies } from '../hideout.ts'
import { newMember, newPace, openings, ringPlan } from '../members.ts'

const name = 'antidetect_farm'
const cardUsers = { usersMin: 3, usersMax: 5 }
const payoutUsers = 5

export const antiDetectFarm: Attack = {
  name,
  accountsMin: 6,
  reasons: ['multi_account', 'chargeback'],
  plan(place, { random, room, id }): Plan {
    const hands = dealt(random, random.int(6, Math.min(40, room)))
    const pace = newPace(random)
    const network = residentialProxies(place)
    const births = openings(hands.length, place, { random, spreadDays: random.between(3, 60) })
    const members = births.map((bornAt, n) =>
      newMember(place, random, {
        pace,
        bornAt,
        networks: [{ thing: network, weight: 1 }],
        cards: hands[n]?.cards ?? [],
        ...hands[n]?.money,
      }),
    )
    return ringPlan(members, {
      place,
      random,
      truth: inRing(id, name),
      deeds: (member) => cashIn(member, place, random),
    })
  },
}

function dealt(random: Random, size: number) {
  const cards = dealOut(size, { random, ...cardUsers, make: newCard })
  const payouts = dealOut(size, { random, usersMin: payoutUsers, usersMax: payoutUsers, make: newPayout })
  return cards.map((thing, n) => {
    const payout = payouts[n]
    return { cards: [{ thing, weight: 1 }], money: payout === undefined ? {} : { payout } }
  })
}

function cashIn(member: ReturnType<typeof newMember>, place: Place, random: Random) {
  const { person, turnsAt } = member
  const { payout } = person
  const paidAt = later(member, place, { random, days: random.between(2, 25) })
  return [
    ...buyOnce(person, turnsAt, { random }),
    ...(payout !== undefined && random.chance(0.8) ? takeOut(person, paidAt, { payout, random }) : []),
  ]
}
