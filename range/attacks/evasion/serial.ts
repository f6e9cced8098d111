/** One device and one account at a time: the next comes weeks after the last has gone. */
import { newDevice } from '../../newcomer.ts'
import type { Attack, Plan } from '../../plan.ts'
import { dayMs, hourMs } from '../../times.ts'
import { inRing } from '../crowd.ts'
import { newBusiness, profit } from '../deeds.ts'
import { type Member, newMember, newPace, ringPlan } from '../members.ts'

const name = 'serial'
const gapDays = { min: 17, max: 29 }
const stintDays = { min: 2, max: 9 }

export const serial: Attack = {
  name,
  accountsMin: 3,
  reasons: ['multi_account', 'promo_abuse'],
  plan(place, { random, room, id }): Plan {
    const gapMs = random.between(gapDays.min, gapDays.max) * dayMs
    const device = { thing: newDevice(random), weight: 1 }
    const pace = { ...newPace(random), waitDays: 0.5 }
    const business = newBusiness(random)
    const firstAt = place.startAt + random.between(0, 3) * dayMs
    const fitting = 1 + Math.floor((place.endAt - firstAt - 8 * dayMs) / gapMs)
    const size = random.int(3, Math.max(3, Math.min(room, fitting)))
    const members = Array.from({ length: size }, (_, n): Member => {
      const bornAt = firstAt + n * gapMs
      const leavesAt = bornAt + random.between(stintDays.min, stintDays.max) * dayMs
      const member = newMember(place, random, { pace, bornAt, leavesAt, devices: [device] })
      return { ...member, turnsAt: Math.min(member.turnsAt, leavesAt - hourMs) }
    })
    return ringPlan(members, {
      place,
      random,
      truth: inRing(id, name),
      deeds: (member) => [...profit(member, place, { business, random })],
    })
  },
}
