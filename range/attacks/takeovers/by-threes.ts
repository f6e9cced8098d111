/** A takeover that throws its devices away after three victims, and its receivers after six. */
import { newDevice } from '../../newcomer.ts'
import type { Person } from '../../person.ts'
import type { Attack, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dayMs } from '../../times.ts'
import { inRing } from '../crowd.ts'
import { residentialProxies } from '../hideout.ts'
import { type Gang, newGang } from './gang.ts'
import { heistPlan, noHeist, targetsAt } from './heist.ts'
import { newReceiver } from './receivers.ts'

const name = 'takeover_by_threes'
const victimsMin = 4
const victimsMax = 24
const perDevice = 3
const perReceiver = 6

export const takeoverByThrees: Attack = {
  name,
  accountsMin: victimsMin + 1,
  reasons: ['takeover'],
  plan(place, { random, room, id }): Plan {
    const days = random.between(5, 35)
    const startsAt = random.between(place.startAt + 10 * dayMs, place.endAt - (days + 2) * dayMs)
    const fitting = Math.floor((room * perReceiver) / (perReceiver + 1))
    const count = random.int(victimsMin, Math.min(victimsMax, fitting))
    const victims = targetsAt(startsAt, place, random).slice(0, count)
    if (victims.length < victimsMin) return noHeist
    const receivers = Array.from({ length: Math.ceil(victims.length / perReceiver) }, () =>
      newReceiver(place, random, { startsAt }),
    )
    const shared = newGang(random, { network: residentialProxies(place), receivers, way: 'payout' })
    const robberies = inGroups(victims, random).flatMap(({ people, device, from }) =>
      people.map((person, n) => {
        const receiver = receivers[Math.floor((from + n) / perReceiver)]
        const gang: Gang = { ...shared, devices: [device], ...(receiver && { receivers: [receiver] }) }
        const turn = (from + n + random.next()) / victims.length
        return { person, at: startsAt + turn * days * dayMs, gang }
      }),
    )
    return heistPlan({ robberies, receivers, startsAt }, place, { random, truth: inRing(id, name) })
  },
}

interface Group {
  readonly people: readonly Person[]
  readonly device: string
  /** How many were robbed before. */
  readonly from: number
}

function inGroups(victims: readonly Person[], random: Random): readonly Group[] {
  const groups: Group[] = []
  for (let from = 0; from < victims.length; ) {
    const people = victims.slice(from, from + random.int(1, perDevice))
    groups.push({ people, device: newDevice(random), from })
    from += people.length
  }
  return groups
}
