/** Accounts that a ring opens, and lets live as honest people do until their turn comes. */
import type { RangeEvent } from '../event.ts'
import type { Network } from '../networks.ts'
import { newDevice, newPerson, type Traits, usualNetworks } from '../newcomer.ts'
import type { Person } from '../person.ts'
import type { Place, Plan } from '../plan.ts'
import type { Random } from '../random.ts'
import { liveNormally } from '../routine.ts'
import { dayMs, hourMs } from '../times.ts'
import type { RingRole, TruthOf } from './crowd.ts'

export interface Member {
  readonly person: Person
  /** When it begins to do what it was opened for; within the window, and after its birth. */
  readonly turnsAt: number
  /** `member` when absent. */
  readonly role?: RingRole
}

/** How patient a ring is. As wide as the lives of honest people, or tempo alone would tell it. */
export interface Pace {
  /** Sessions of an account in 90 days, the median, beside those it was opened for. */
  readonly sessions: number
  /** Mean days between joining and turning, */
  readonly waitDays: number
  /** and from there to the last session. */
  readonly staysDays: number
}

export const newPace = (random: Random): Pace => ({
  sessions: random.between(0.5, 6),
  waitDays: random.between(0.3, 20),
  staysDays: random.between(20, 200),
})

type MemberTraits = Partial<Traits> & { readonly pace: Pace; readonly bornAt: number }

/** Owns what honest people own, all of it new; traits say what it shares with its ring. */
export function newMember(place: Place, random: Random, { pace, ...traits }: MemberTraits): Member {
  const turnsAt = turnOf(traits.bornAt, place, { pace, random })
  const person = newPerson(place, random, {
    networks: usualNetworks(place.networks.home(random), place.networks.phoneLine(random)),
    leavesAt: turnsAt + hourMs + random.exponential(pace.staysDays) * dayMs,
    sessions: place.tempo * Math.min(120, random.lognormal(pace.sessions, 0.8)),
    ...traits,
  })
  return { person, turnsAt }
}

function turnOf(bornAt: number, place: Place, { pace, random }: { pace: Pace; random: Random }): number {
  const at = Math.max(place.startAt, bornAt) + hourMs / 4 + random.exponential(pace.waitDays) * dayMs
  return Math.min(at, place.endAt - random.between(2, 20) * hourMs)
}

/** The operator's own account, months or years old, seen on the ring's device or line now and then. */
export function newOperator(
  place: Place,
  random: Random,
  { fromAt, device, line, ...traits }: Partial<Traits> & { fromAt: number; device?: string; line?: Network },
): Member {
  const own = usualNetworks(place.networks.home(random), place.networks.phoneLine(random))
  const person = newPerson(place, random, {
    bornAt: place.startAt - random.between(40, 900) * dayMs,
    devices: [
      { thing: newDevice(random), weight: 4 },
      ...(device === undefined ? [] : [{ thing: device, weight: 1, fromAt }]),
    ],
    networks: [...own, ...(line === undefined ? [] : [{ thing: line, weight: 1, fromAt }])],
    sessions: place.tempo * random.between(15, 50),
    ...traits,
  })
  return { person, turnsAt: Math.max(place.startAt, fromAt), role: 'operator' }
}

/** When the accounts of a ring are opened: within `spreadDays` of each other, at times before the window. */
export function openings(
  count: number,
  { startAt, endAt }: Place,
  { random, spreadDays }: { random: Random; spreadDays: number },
): readonly number[] {
  const spreadMs = Math.min(spreadDays * dayMs, endAt - startAt - 2 * dayMs)
  const openedAt = random.between(startAt - 10 * dayMs, endAt - spreadMs - dayMs)
  return Array.from({ length: count }, () => openedAt + random.next() * spreadMs).toSorted((a, b) => a - b)
}

/** Everybody's ordinary life, and what they do when their turn has come. */
export function ringPlan(
  members: readonly Member[],
  {
    place,
    random,
    truth,
    deeds,
  }: {
    place: Place
    random: Random
    truth: TruthOf
    deeds: (member: Member, n: number) => readonly RangeEvent[]
  },
): Plan {
  return {
    settlers: [],
    events: members.flatMap((member, n) => [
      ...liveNormally(member.person, place, random),
      ...deeds(member, n),
    ]),
    truth: members.map(({ person, turnsAt, role = 'member' }) =>
      truth(person.account, { role, since: turnsAt }),
    ),
  }
}
