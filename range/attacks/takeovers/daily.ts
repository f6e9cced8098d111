/** One victim a day, every day, from a device or two: never a burst. */
import { newDevice } from '../../newcomer.ts'
import type { Attack, Plan } from '../../plan.ts'
import { dayMs } from '../../times.ts'
import { inRing } from '../crowd.ts'
import { hideout } from '../hideout.ts'
import { newGang } from './gang.ts'
import { heistPlan, noHeist, targetsAt } from './heist.ts'
import { newReceiver } from './receivers.ts'

const name = 'takeover_daily'
const victimsMin = 5
const victimsMax = 30

export const takeoverDaily: Attack = {
  name,
  accountsMin: victimsMin + 1,
  reasons: ['takeover'],
  plan(place, { random, room, id }): Plan {
    const receiverCount = random.int(1, Math.min(2, room - victimsMin))
    const count = random.int(victimsMin, Math.min(victimsMax, room - receiverCount))
    const startsAt = random.between(place.startAt + 10 * dayMs, place.endAt - (count + 2) * dayMs)
    const victims = targetsAt(startsAt, place, random).slice(0, count)
    if (victims.length < victimsMin) return noHeist
    const devices = Array.from({ length: random.int(1, 2) }, () => newDevice(random))
    const network = hideout(place, random, { home: 3, hosting: 2, proxies: 5 })
    const receivers = Array.from({ length: receiverCount }, () =>
      newReceiver(place, random, { startsAt, tools: { device: random.pick(devices), network } }),
    )
    const gang = newGang(random, { network, devices, receivers })
    const robberies = victims.map((person, n) => ({
      person,
      at: startsAt + (n + random.between(0.1, 0.9)) * dayMs,
      gang,
    }))
    return heistPlan({ robberies, receivers, startsAt }, place, { random, truth: inRing(id, name) })
  },
}
