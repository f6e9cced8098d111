/** A takeover that works from the line of its first victim, so that the other victims seem to know them. */
import type { Network } from '../../networks.ts'
import { isCarrierAddress } from '../../networks.ts'
import { newDevice } from '../../newcomer.ts'
import type { Person } from '../../person.ts'
import type { Attack, Plan } from '../../plan.ts'
import { Random } from '../../random.ts'
import { dayMs } from '../../times.ts'
import { ownersOf } from '../bystanders.ts'
import { inRing } from '../crowd.ts'
import { newGang } from './gang.ts'
import { heistPlan, noHeist, targetsAt } from './heist.ts'
import { newReceiver } from './receivers.ts'

const name = 'takeover_on_victims_line'
const victimsMin = 4
const victimsMax = 20

export const takeoverOnVictimsLine: Attack = {
  name,
  accountsMin: victimsMin + 1,
  reasons: ['takeover'],
  plan(place, { random, room, id }): Plan {
    const days = random.between(1, 20)
    const startsAt = random.between(place.startAt + 10 * dayMs, place.endAt - (days + 2) * dayMs)
    const count = random.int(victimsMin, Math.min(victimsMax, room - 1))
    const targets = targetsAt(startsAt, place, random)
    const host = targets.find((person) => ownLineOf(person, startsAt) !== undefined)
    const network = host && ownLineOf(host, startsAt)
    const victims = host ? [host, ...targets.filter((person) => person !== host)].slice(0, count) : []
    if (network === undefined || victims.length < victimsMin) return noHeist
    const receivers = [newReceiver(place, random, { startsAt })]
    const devices = Array.from({ length: random.int(1, 3) }, () => newDevice(random))
    const gang = newGang(random, { network, devices, receivers })
    const robberies = victims.map((person, n) => ({
      person,
      at: startsAt + (n === 0 ? 0 : random.next() * days * dayMs),
      gang,
    }))
    const plan = heistPlan({ robberies, receivers, startsAt }, place, { random, truth: inRing(id, name) })
    const known = new Set(plan.truth.map(({ account }) => account))
    return { ...plan, truth: [...plan.truth, ...ownersOf(new Set([network]), place, known)] }
  },
}

/** A line of theirs that is no carrier's: only there does an address say who is at home. */
const ownLineOf = ({ networks }: Person, at: number): Network | undefined =>
  networks.find(({ thing }) => !isCarrierAddress(thing.addressAt(at, new Random(0, 'look'))))?.thing
