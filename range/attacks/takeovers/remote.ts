/** A takeover that leaves neither device nor line twice: only where money or letters go tells of it. */
import { newDevice, newEmail, newPhone } from '../../newcomer.ts'
import type { Attack, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dayMs } from '../../times.ts'
import { inRing } from '../crowd.ts'
import { residentialProxies } from '../hideout.ts'
import { type Gang, newGang } from './gang.ts'
import { heistPlan, noHeist, targetsAt } from './heist.ts'
import { newReceiver } from './receivers.ts'

const name = 'takeover_remote'
const victimsMin = 4
const victimsMax = 20

export const takeoverRemote: Attack = {
  name,
  accountsMin: victimsMin + 1,
  reasons: ['takeover', 'phishing'],
  plan(place, { random, room, id }): Plan {
    const days = random.between(2, 30)
    const startsAt = random.between(place.startAt + 10 * dayMs, place.endAt - (days + 2) * dayMs)
    const receiverCount = random.int(1, Math.min(3, room - victimsMin))
    const count = random.int(victimsMin, Math.min(victimsMax, room - receiverCount))
    const victims = targetsAt(startsAt, place, random).slice(0, count)
    if (victims.length < victimsMin) return noHeist
    const receivers = Array.from({ length: receiverCount }, () => newReceiver(place, random, { startsAt }))
    const gang = newGang(random, { network: residentialProxies(place), receivers, ...trace(random) })
    const robberies = victims.map((person) => ({
      person,
      at: startsAt + random.next() * days * dayMs,
      gang: { ...gang, devices: [newDevice(random)] },
    }))
    return heistPlan({ robberies, receivers, startsAt }, place, { random, truth: inRing(id, name) })
  },
}

/** What the victims will have in common. Who turns accounts to a mailbox of theirs does so nearly always. */
function trace(random: Random): Partial<Gang> {
  const turned = { way: 'paid', changes: 0.9, showsContact: 0.95 } as const
  return random.pick<Partial<Gang>>([
    { way: 'payout' },
    { ...turned, contact: { email: newEmail(random) } },
    { ...turned, contact: { phone: newPhone(random) } },
  ])
}
