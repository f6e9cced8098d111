/**
 * Camouflage: ties to the honest that make a ring look like part of the crowd. The three ways of FRAUDAR (Hooi et al.,
 * KDD 2016, section 4): to honest accounts at random, to popular ones first, or by accounts taken from honest people.
 */
import type { RangeEvent } from '../../event.ts'
import { type Person, useAt } from '../../person.ts'
import type { Attack, Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { anyResident } from '../../residents.ts'
import { during, newMoney } from '../../session.ts'
import { hourMs, minuteMs } from '../../times.ts'
import { housematesOf } from '../bystanders.ts'
import { inRing } from '../crowd.ts'
import { targetsAt } from '../takeovers/heist.ts'
import { revisit, ringedIn, sharedCounts, visitsOf } from './sightings.ts'

/** An account has at most so many decoys. */
const decoysMax = 8
/** Of a ring. */
const hijackedShare = 0.3

export interface Camouflage {
  readonly name: string
  readonly mode: 'random' | 'hubs' | 'hijacked'
  /** One of them is hidden. */
  readonly attacks: readonly Attack[]
}

/** The attack, under another name and behind as many decoys as true ties, or twice as many. */
export function camouflaged({ name, mode, attacks }: Camouflage): Attack {
  const accountsMin = Math.max(...attacks.map((attack) => attack.accountsMin)) + (mode === 'hijacked' ? 1 : 0)
  return {
    name,
    accountsMin,
    reasons: [...new Set(attacks.flatMap(({ reasons }) => reasons))],
    plan(place, { random, room, id }): Plan {
      const attack = random.pick(attacks)
      const taken = mode === 'hijacked' ? random.int(1, Math.max(1, Math.floor(room * hijackedShare))) : 0
      const spare = Math.max(attack.accountsMin, room - taken)
      const planned = attack.plan(place, { random, room: spare, id })
      const truth = planned.truth.map((line) => (line.ring === null ? line : { ...line, attack: name }))
      const plan = { ...planned, truth }
      return mode === 'hijacked'
        ? hijack(plan, place, { random, count: room - spare, truth: inRing(id, name) })
        : decoy(plan, place, { random, mode, dose: random.pick([1, 2]) })
    },
  }
}

function decoy(
  plan: Plan,
  place: Place,
  { random, mode, dose }: { random: Random; mode: 'random' | 'hubs'; dose: number },
): Plan {
  const ties = sharedCounts(plan)
  const decoys = [...visitsOf(plan, place)].flatMap(([account, visits]) =>
    Array.from({ length: Math.min(decoysMax, dose * (ties.get(account) ?? 0)) }, () => {
      const resident = mode === 'hubs' ? anyResident(place, random) : anybody(place, random)
      return resident === undefined ? [] : [tieTo(resident, random.pick(visits), { place, random, mode })]
    }).flat(),
  )
  return { ...plan, events: [...plan.events, ...decoys] }
}

const anybody = ({ residents }: Place, random: Random): Person | undefined =>
  residents[random.int(0, residents.length - 1)]

/** Money to somebody, or a visit from their line. */
function tieTo(
  resident: Person,
  visit: RangeEvent,
  { place, random, mode }: { place: Place; random: Random; mode: 'random' | 'hubs' },
): RangeEvent {
  const at = visit.at + random.between(1, 50) * minuteMs
  if (random.chance(0.5)) {
    return during(revisit(visit, random), at, {
      type: 'payment',
      counterparties: [{ account: resident.account, relation: random.pick(['paid', 'gifted'] as const) }],
      money: newMoney(random, resident.currency, 8),
    })
  }
  const line = mode === 'hubs' ? place.networks.carrierLine(random) : useAt(resident.networks, at, random)
  const ip = line?.addressAt(at, random)
  return during(revisit(visit, random, ip === undefined ? {} : { ip }), at, { type: 'login' })
}

/** Accounts of honest people do the ring's work beside its own; all their honest ties are decoys. */
function hijack(
  plan: Plan,
  place: Place,
  { random, count, truth }: { random: Random; count: number; truth: ReturnType<typeof inRing> },
): Plan {
  const visits = [...visitsOf(plan, place).values()].flat()
  if (visits.length === 0) return plan
  const firstAt = Math.min(...visits.map(({ at }) => at))
  const ring = new Set(ringedIn(plan))
  const victims = targetsAt(firstAt, place, random)
    .filter(({ account }) => !ring.has(account))
    .slice(0, count)
  const used = victims.map((person) => ({
    person,
    // The same device and line at least once, or nothing would tie it to the ring.
    times: Array.from({ length: random.int(2, 6) }, () => random.pick(visits)),
  }))
  const stolen = used.flatMap(({ person, times }) =>
    times.map((visit) =>
      during(revisit(visit, random, { account: person.account }), visit.at + random.next() * hourMs, {
        type: 'login',
      }),
    ),
  )
  return {
    ...plan,
    events: [...plan.events, ...stolen],
    truth: [
      ...plan.truth,
      ...used.map(({ person, times }) =>
        truth(person.account, { role: 'victim', since: Math.min(...times.map(({ at }) => at)) }),
      ),
      ...housematesOf(victims, place).filter(({ account }) => !ring.has(account)),
    ],
  }
}
