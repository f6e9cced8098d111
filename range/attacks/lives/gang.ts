/** Gangs that go on for months: accounts come and go, devices are replaced, and somebody always knows both. */
import { newDevice, newPayout } from '../../newcomer.ts'
import { isInUse, type Use } from '../../person.ts'
import type { Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dayMs, hourMs } from '../../times.ts'
import { inRing } from '../crowd.ts'
import { newBusiness, profit } from '../deeds.ts'
import { type Member, newMember, newPace, ringPlan } from '../members.ts'

/** Days two devices are used beside each other when one replaces the other. */
const handoverDays = 3

/** One device after the other, from a moment on. */
export function deviceLine(
  place: Place,
  random: Random,
  { fromAt, turnDays }: { fromAt: number; turnDays: number },
): readonly Use<string>[] {
  const line: Use<string>[] = []
  for (let at = fromAt; at < place.endAt; ) {
    const next = at + turnDays * random.between(0.8, 1.2) * dayMs
    line.push({ thing: newDevice(random), weight: 1, fromAt: at, untilAt: next + handoverDays * dayMs })
    at = next
  }
  return line
}

/** When accounts are opened: a first handful within days, the others evenly until the end. */
export function steadily(
  place: Place,
  random: Random,
  { count, fromAt, first }: { count: number; fromAt: number; first: number },
): readonly number[] {
  const until = place.endAt - 2 * dayMs
  return Array.from({ length: count }, (_, n) =>
    n < first ? fromAt + random.between(0, 3) * dayMs : random.between(fromAt, until),
  ).toSorted((a, b) => a - b)
}

export interface Gang {
  readonly ring: string
  readonly openings: readonly number[]
  /** Mean days that an account is used. */
  readonly staysDays: number
  readonly devices: readonly Use<string>[]
}

/** Several gangs are of one attack, each with a ring of its own. */
export function gangPlan(
  gangs: readonly Gang[],
  { name, place, random }: { name: string; place: Place; random: Random },
): Plan {
  const plans = gangs.map((gang) => {
    const business = newBusiness(random)
    const payout = random.chance(0.5) ? newPayout(random) : undefined
    const pace = { ...newPace(random), sessions: random.between(25, 60), waitDays: 1 }
    const members = gang.openings.map((bornAt): Member => {
      const stays = gang.staysDays * random.between(0.7, 1.3) * dayMs
      const leavesAt = bornAt + Math.max(dayMs, stays)
      const devices = gang.devices.filter(({ untilAt = Infinity }) => untilAt > bornAt)
      const own = { pace, bornAt, leavesAt, devices, ...(payout !== undefined && { payout }) }
      const member = newMember(place, random, own)
      return { ...member, turnsAt: Math.min(member.turnsAt, leavesAt - hourMs) }
    })
    return ringPlan(members, {
      place,
      random,
      truth: inRing(gang.ring, name),
      deeds: (member) => profit(member, place, { business, random, ...handheld(gang, member, random) }),
    })
  })
  return {
    settlers: [],
    events: plans.flatMap(({ events }) => events),
    truth: plans.flatMap(({ truth }) => truth),
  }
}

/** What they do for the gang they do on a device of the gang. */
function handheld({ devices }: Gang, { turnsAt }: Member, random: Random): { device?: string } {
  const usable = devices.filter((use) => isInUse(use, turnsAt))
  return usable.length === 0 ? {} : { device: random.pick(usable).thing }
}
