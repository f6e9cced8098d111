/** Mules: people with lives of their own, who all pass money to the same bank account. */
import type { RangeEvent } from '../../event.ts'
import { newPayout } from '../../newcomer.ts'
import type { Attack, Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { during, newMoney } from '../../session.ts'
import { dayMs, minuteMs } from '../../times.ts'
import { inRing } from '../crowd.ts'
import { later, sessionOf, takeOut } from '../deeds.ts'
import { type Member, newMember, newOperator, newPace, ringPlan } from '../members.ts'

const name = 'mules'

export const mules: Attack = {
  name,
  accountsMin: 3,
  reasons: ['multi_account', 'phishing'],
  plan(place, { random, room, id }): Plan {
    const size = random.int(3, Math.min(20, room))
    const beneficiary = newPayout(random)
    const startsAt = random.between(place.startAt, place.endAt - 10 * dayMs)
    const boss = random.chance(0.3)
      ? [newOperator(place, random, { fromAt: startsAt, payout: beneficiary })]
      : []
    const pace = { ...newPace(random), waitDays: random.between(3, 25), staysDays: random.between(30, 200) }
    const recruited = Array.from({ length: size - boss.length }, (): Member => {
      const isOld = random.chance(0.7)
      const bornAt = startsAt - (isOld ? random.exponential(300) + 20 : random.between(-5, 20)) * dayMs
      const member = newMember(place, random, { pace, bornAt })
      return { ...member, turnsAt: Math.max(member.turnsAt, Math.min(startsAt, place.endAt)), role: 'mule' }
    })
    const hands = { beneficiary, boss: boss[0]?.person.account, directly: random.chance(0.5) }
    return ringPlan([...recruited, ...boss], {
      place,
      random,
      truth: inRing(id, name),
      deeds: (member) =>
        member.role === 'mule'
          ? passOn(member, place, { random, ...hands })
          : takeOut(member.person, member.turnsAt, { random, payout: beneficiary }),
    })
  },
}

function passOn(
  member: Member,
  place: Place,
  {
    random,
    beneficiary,
    boss,
    directly,
  }: { random: Random; beneficiary: string; boss: string | undefined; directly: boolean },
): readonly RangeEvent[] {
  const { person, turnsAt } = member
  const more = Array.from({ length: random.int(0, 3) }, () =>
    later(member, place, { random, days: random.between(3, 20) }),
  )
  return [turnsAt, ...more].flatMap((at, n) => {
    const isPaid = boss !== undefined && directly && n > 0
    if (!isPaid) return takeOut(person, at, { random, payout: beneficiary })
    const session = sessionOf(person, at, { random })
    return [
      during(session, at, { type: 'login' }),
      during(session, at + 6 * minuteMs, {
        type: 'payment',
        counterparties: [{ account: boss, relation: 'paid' }],
        money: newMoney(random, person.currency, 90),
      }),
    ]
  })
}
