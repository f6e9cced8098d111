/** Phished passwords are used within days from a few devices, and the money goes to a few receivers. */
import { newDevice, newEmail } from '../newcomer.ts'
import { type Person } from '../person.ts'
import type { Attack, Place, Plan, PlannedTruth } from '../plan.ts'
import type { Random } from '../random.ts'
import { liveNormally } from '../routine.ts'
import { dayMs, hourMs, minuteMs } from '../times.ts'
import { inRing } from './crowd.ts'
import type { Gang } from './gang.ts'
import { hideout } from './hideout.ts'
import { newReceiver, spend } from './receivers.ts'
import { robVictim } from './robbery.ts'

const name = 'takeover'
const victimsMin = 6
const victimsMax = 40
const matureMs = 60 * dayMs

export const takeover: Attack = {
  name,
  accountsMin: victimsMin + 1,
  reasons: ['takeover', 'phishing'],
  plan(place, { random, room, id }): Plan {
    const startsAt = random.between(place.startAt + 10 * dayMs, place.endAt - 5 * dayMs)
    const targets = random.shuffle(place.residents.filter((person) => isTarget(person, place, startsAt)))
    const receivers = random.int(1, Math.min(3, room - victimsMin))
    const victims = targets.slice(0, random.int(victimsMin, Math.min(victimsMax, room - receivers)))
    if (victims.length < victimsMin) return { settlers: [], events: [], truth: [] }
    const gang = newGang(place, random, { startsAt, receivers })
    const truth = inRing(id, name)
    const robberies = victims.map((person) => ({ person, at: startsAt + phishedAfter(random) }))
    return {
      settlers: [],
      events: [
        ...robberies.flatMap(({ person, at }) => robVictim(person, at, { gang, random })),
        ...gang.receivers.flatMap((person) => [
          ...liveNormally(person, place, random),
          ...spend(person, startsAt, random),
        ]),
      ],
      truth: [
        ...robberies.map(({ person, at }) => truth(person.account, { role: 'victim', since: at })),
        ...gang.receivers.map(({ account }) => truth(account, { role: 'mule', since: startsAt })),
        ...housematesOf(victims, place),
      ],
    }
  },
}

const isTarget = ({ account, bornAt }: Person, place: Place, at: number): boolean =>
  at - bornAt >= matureMs && place.isFree(account)

function newGang(
  place: Place,
  random: Random,
  { startsAt, receivers }: { startsAt: number; receivers: number },
): Gang {
  const devices = Array.from({ length: random.int(1, 4) }, () => newDevice(random))
  const network = hideout(place, random, { home: 1, hosting: 4, proxies: 4 })
  return {
    startsAt,
    network,
    devices,
    receivers: Array.from({ length: receivers }, () =>
      newReceiver(place, random, { startsAt, device: random.pick(devices), network }),
    ),
    way: random.pick(['paid', 'payout']),
    email: newEmail(random),
  }
}

/** A fifth of phished passwords is used within half an hour, the rest within three days. */
function phishedAfter(random: Random): number {
  if (random.chance(0.2)) return random.next() * 30 * minuteMs
  return Math.min(random.exponential(20 * hourMs), random.between(2.5, 3) * dayMs)
}

/** Who shares a device or a card with a victim stands near, and has no part in it. */
function housematesOf(victims: readonly Person[], { residents, isFree }: Place): readonly PlannedTruth[] {
  const robbed = new Set(victims.map(({ account }) => account))
  const shared = new Set(victims.flatMap(thingsOf))
  return residents
    .filter(({ account }) => !robbed.has(account) && isFree(account))
    .filter((person) => thingsOf(person).some((thing) => shared.has(thing)))
    .map(({ account, group }) => ({ account, ring: null, attack: null, role: 'bystander', group }))
}

const thingsOf = ({ devices, cards }: Person): readonly string[] =>
  [...devices, ...cards].map(({ thing }) => thing)
