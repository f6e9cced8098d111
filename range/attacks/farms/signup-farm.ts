/** A farm opens many accounts from few devices, for bonuses and for sale. */
import type { RangeEvent } from '../../event.ts'
import type { Network } from '../../networks.ts'
import { newCard, newDevice, newPayout, newPerson, newPhone } from '../../newcomer.ts'
import { type Person, type Use } from '../../person.ts'
import type { Attack, Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { liveNormally, payOut } from '../../routine.ts'
import { newSession } from '../../session.ts'
import { dayMs, hourMs } from '../../times.ts'
import { aftermath } from '../aftermath.ts'
import { dealOut, inRing } from '../crowd.ts'
import { hideout } from '../hideout.ts'
import { newOperator } from '../members.ts'

const name = 'signup_farm'

export const signupFarm: Attack = {
  name,
  accountsMin: 6,
  reasons: ['multi_account', 'promo_abuse', 'chargeback'],
  plan(place, { random, room, id }): Plan {
    const farm = newFarm(place, random, random.int(6, Math.min(40, room)))
    const members = farm.devices.map((device, n) => farmed(place, random, { farm, device, n }))
    const operator = random.chance(0.35) ? members.pop() : undefined
    const boss = operator && bossOf(place, random, { farm, device: operator.devices[0]?.thing ?? '' })
    const truth = inRing(id, name)
    return {
      settlers: [],
      events: [
        ...members.flatMap((person) => abuse(person, place, { farm, random })),
        ...(boss ? liveNormally(boss, place, random) : []),
      ],
      truth: [
        ...members.map(({ account, bornAt }) => truth(account, { role: 'member', since: bornAt })),
        ...(boss ? [truth(boss.account, { role: 'operator', since: farm.openedAt })] : []),
      ],
    }
  },
}

interface Farm {
  readonly openedAt: number
  readonly burstMs: number
  readonly line: Network
  /** One entry an account. */
  readonly devices: readonly string[]
  readonly cards: readonly string[]
  readonly phones: readonly string[]
  /** Where bonuses are paid out, if they are. */
  readonly payout: string | undefined
  /** Farmed accounts that also have a phone and line of their own, of 1. */
  readonly disguised: number
  readonly staysDays: number
  /** Of an account in 90 days, the median. */
  readonly sessions: number
}

function newFarm(place: Place, random: Random, size: number): Farm {
  const burstMs = Math.min(21, Math.max(0.1, random.lognormal(2.5, 1))) * dayMs
  const perDevice = random.int(4, 14)
  return {
    openedAt: random.between(place.startAt, place.endAt - burstMs - 2 * dayMs),
    burstMs,
    line: hideout(place, random, { home: 5, hosting: 3, proxies: 2 }),
    devices: dealOut(size, { random, usersMin: perDevice, usersMax: perDevice, make: newDevice }),
    cards: dealOut(size, { random, usersMin: 1, usersMax: 5, make: newCard }),
    phones: dealOut(size, { random, usersMin: 1, usersMax: 3, make: newPhone }),
    payout: random.chance(0.4) ? newPayout(random) : undefined,
    disguised: random.pick([0, 0.1, 0.3, 0.6]),
    staysDays: random.between(4, 90),
    sessions: random.between(1, 20),
  }
}

function farmed(
  place: Place,
  random: Random,
  { farm, device, n }: { farm: Farm; device: string; n: number },
): Person {
  const bornAt = farm.openedAt + random.next() * farm.burstMs
  const card = farm.cards[n]
  const phone = farm.phones[n]
  // A farmed account behaves like a customer's now and then: it is what keeps it alive.
  const isDisguised = random.chance(farm.disguised)
  const own = (thing: string): readonly Use<string>[] =>
    isDisguised ? [{ thing, weight: 2, fromAt: bornAt + hourMs }] : []
  const line = place.networks.carrierLine(random)
  return newPerson(place, random, {
    bornAt,
    leavesAt: bornAt + random.exponential(farm.staysDays) * dayMs,
    devices: [{ thing: device, weight: 1 }, ...own(newDevice(random))],
    networks: [
      { thing: farm.line, weight: 2 },
      ...(isDisguised ? [{ thing: line, weight: 1, fromAt: bornAt + hourMs }] : []),
    ],
    cards: card !== undefined && random.chance(0.7) ? [{ thing: card, weight: 1 }] : [],
    sessions: place.tempo * random.lognormal(farm.sessions, 0.7),
    ...(phone !== undefined && random.chance(0.4) && { phone }),
    ...(farm.payout !== undefined && { payout: farm.payout }),
    declines: random.chance(0.4) ? 0.3 : 0.05,
  })
}

const bossOf = (place: Place, random: Random, { farm, device }: { farm: Farm; device: string }): Person =>
  newOperator(place, random, { fromAt: farm.openedAt, device, line: farm.line }).person

function abuse(
  person: Person,
  place: Place,
  { farm, random }: { farm: Farm; random: Random },
): readonly RangeEvent[] {
  const { bornAt, payout, currency } = person
  const at = bornAt + random.between(0.2, 5) * dayMs
  const cashedOut =
    farm.payout !== undefined && payout !== undefined && random.chance(0.7)
      ? [payOut(payout, { session: newSession(person, at, random), at, currency, random })]
      : []
  return [
    ...liveNormally(person, place, random),
    ...cashedOut,
    ...aftermath(person, at, { place, random, chargeback: 0.12, report: 0.04 }),
  ]
}
