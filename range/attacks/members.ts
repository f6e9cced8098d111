/** Accounts that a ring opens, and lets live as honest people do until their turn comes. */
import type { RangeEvent } from '../event.ts'
import { mishapsOf } from '../mishaps.ts'
import type { Network } from '../networks.ts'
import { newDevice, newPerson, type Traits, usualNetworks } from '../newcomer.ts'
import type { Person } from '../person.ts'
import type { Place, Plan } from '../plan.ts'
import type { Random } from '../random.ts'
import { atUsualHour, liveNormally } from '../routine.ts'
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
  sessions: random.between(0.5, 8),
  waitDays: random.lognormal(2, 1.2),
  staysDays: random.chance(0.5) ? random.between(2, 20) : random.between(20, 200),
})

type MemberTraits = Partial<Traits> & { readonly pace: Pace; readonly bornAt: number }

/** Owns what honest people own, all of it new; traits say what it shares with its ring. */
export function newMember(place: Place, random: Random, { pace, ...traits }: MemberTraits): Member {
  const peakHour = random.int(7, 21)
  const turnsAt = turnOf({ bornAt: traits.bornAt, peakHour }, place, { pace, random })
  const person = newPerson(place, random, {
    networks: usualNetworks(place.networks.home(random), place.networks.phoneLine(random)),
    leavesAt: turnsAt + hourMs + random.exponential(pace.staysDays) * dayMs,
    sessions: place.tempo * Math.min(120, random.lognormal(pace.sessions, 1.1)),
    peakHour,
    ...traits,
  })
  return { person, turnsAt }
}

/** Accounts from before the window turn at any time in it, so that the first days hold no more fraud than others. */
function turnOf(
  { bornAt, peakHour }: Pick<Person, 'bornAt' | 'peakHour'>,
  { startAt, endAt }: Place,
  { pace, random }: { pace: Pace; random: Random },
): number {
  const from = (bornAt < startAt ? random.between(startAt, endAt - 10 * dayMs) : bornAt) + hourMs / 4
  const until = endAt - random.between(2, 20) * hourMs
  const at = Math.min(until, from + random.exponential(pace.waitDays) * dayMs)
  return atUsualHour({ peakHour }, at, { random, from, until })
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

/** Accounts of a ring that were bought with months on them, of 1, and how old those are on average. */
const boughtShares = [0, 0.2, 0.5, 0.9] as const
const boughtDays = 200

/** When the accounts of a ring are opened: within `spreadDays` of each other, some long before the window. */
export function openings(
  count: number,
  { startAt, endAt }: Place,
  { random, spreadDays }: { random: Random; spreadDays: number },
): readonly number[] {
  const spreadMs = Math.min(spreadDays * dayMs, endAt - startAt - 2 * dayMs)
  const openedAt = random.between(startAt - 10 * dayMs, endAt - spreadMs - dayMs)
  const bought = random.pick(boughtShares)
  return Array.from({ length: count }, () =>
    random.chance(bought)
      ? startAt - random.exponential(boughtDays) * dayMs
      : openedAt + random.next() * spreadMs,
  ).toSorted((a, b) => a - b)
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
      ...mishapsWhileThere(member.person, place, random),
      ...deeds(member, n),
    ]),
    truth: members.map(({ person, turnsAt, role = 'member' }) =>
      truth(person.account, { role, since: turnsAt }),
    ),
  }
}

/** Attackers forget passwords, too, but not after they have gone; cards and disputes are their trade. */
const mishapsWhileThere = (person: Person, place: Place, random: Random): readonly RangeEvent[] => {
  const own = new Set(person.cards.map(({ thing }) => thing))
  return mishapsOf(person, place, random).filter(
    ({ at, type, identifiers }) =>
      at < (person.leavesAt ?? place.endAt) &&
      type !== 'chargeback' &&
      (identifiers?.payment === undefined || own.has(identifiers.payment)),
  )
}
