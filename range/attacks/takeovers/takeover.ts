/** Phished passwords are used within days from a few devices, and the money goes to a few receivers. */
import { newDevice } from '../../newcomer.ts'
import type { Attack, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dayMs, hourMs, minuteMs } from '../../times.ts'
import { inRing } from '../crowd.ts'
import { hideout } from '../hideout.ts'
import { newGang } from './gang.ts'
import { heistPlan, noHeist, targetsAt } from './heist.ts'
import { newReceiver } from './receivers.ts'

const name = 'takeover'
const victimsMin = 6
const victimsMax = 40

export const takeover: Attack = {
  name,
  accountsMin: victimsMin + 1,
  reasons: ['takeover', 'phishing'],
  plan(place, { random, room, id }): Plan {
    const startsAt = random.between(place.startAt + 10 * dayMs, place.endAt - 5 * dayMs)
    const receiverCount = random.int(1, Math.min(3, room - victimsMin))
    const victims = targetsAt(startsAt, place, random).slice(
      0,
      random.int(victimsMin, Math.min(victimsMax, room - receiverCount)),
    )
    if (victims.length < victimsMin) return noHeist
    const devices = Array.from({ length: random.int(1, 4) }, () => newDevice(random))
    // Banks and shops look askance at data centres, so most rent lines of homes.
    const network = hideout(place, random, { home: 2, hosting: 2, proxies: 6 })
    const receivers = Array.from({ length: receiverCount }, () =>
      newReceiver(place, random, { startsAt, tools: { device: random.pick(devices), network } }),
    )
    const gang = newGang(random, { network, devices, receivers })
    const robberies = victims.map((person) => ({ person, at: startsAt + phishedAfter(random), gang }))
    return heistPlan({ robberies, receivers, startsAt }, place, { random, truth: inRing(id, name) })
  },
}

/** A fifth of phished passwords is used within half an hour, the rest within three days. */
function phishedAfter(random: Random): number {
  if (random.chance(0.2)) return random.next() * 30 * minuteMs
  return Math.min(random.exponential(20 * hourMs), random.between(2.5, 3) * dayMs)
}
