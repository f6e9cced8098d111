/** Stolen subscriptions are sold on: many strangers watch on each account, and one seller has been in all of them. */
import type { RangeEvent } from '../../event.ts'
import type { Network } from '../../networks.ts'
import { newDevice, newEmail } from '../../newcomer.ts'
import type { Person } from '../../person.ts'
import type { Attack, Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { liveNormally } from '../../routine.ts'
import { during, strangersSession } from '../../session.ts'
import { dayMs, hourMs, minuteMs } from '../../times.ts'
import { housematesOf } from '../bystanders.ts'
import { dealOut, inRing } from '../crowd.ts'
import { hideout } from '../hideout.ts'
import { newOperator } from '../members.ts'
import { noHeist, targetsAt } from './heist.ts'

const name = 'account_resale'
const victimsMin = 4
const victimsMax = 25

export const accountResale: Attack = {
  name,
  accountsMin: victimsMin + 1,
  reasons: ['takeover'],
  plan(place, { random, room, id }): Plan {
    const startsAt = random.between(place.startAt + 7 * dayMs, place.endAt - 25 * dayMs)
    const count = random.int(victimsMin, Math.min(victimsMax, room - 1))
    const victims = targetsAt(startsAt, place, random).slice(0, count)
    if (victims.length < victimsMin) return noHeist
    const shop = newShop(place, random, victims.length)
    const [device = newDevice(random)] = shop.devices
    const seller = random.chance(0.4)
      ? [newOperator(place, random, { fromAt: startsAt, device, line: shop.network })]
      : []
    const truth = inRing(id, name)
    const sold = victims.map((person) => ({
      person,
      at: startsAt + Math.min(random.exponential(6), 20) * dayMs,
    }))
    return {
      settlers: [],
      events: [
        ...sold.flatMap(({ person, at }, n) => [
          ...checked(person, at, { shop, n, random }),
          ...watched(person, at + random.between(2, 60) * hourMs, { place, random }),
        ]),
        ...seller.flatMap(({ person }) => liveNormally(person, place, random)),
      ],
      truth: [
        ...sold.map(({ person, at }) => truth(person.account, { role: 'victim', since: at })),
        ...seller.map(({ person }) => truth(person.account, { role: 'operator', since: startsAt })),
        ...housematesOf(victims, place),
      ],
    }
  },
}

interface Shop {
  readonly network: Network
  /** One entry a victim. */
  readonly devices: readonly string[]
  /** Victims' accounts are turned to it, or left as they are so that nobody notices. */
  readonly email: string | undefined
}

const newShop = (place: Place, random: Random, size: number): Shop => ({
  network: hideout(place, random, { home: 2, hosting: 4, proxies: 3 }),
  devices: dealOut(size, { random, usersMin: 2, usersMax: random.int(2, 12), make: newDevice }),
  email: random.chance(0.3) ? newEmail(random) : undefined,
})

/** Whether the password works, before it is sold and once or twice after. */
function checked(
  { account }: Person,
  at: number,
  { shop, n, random }: { shop: Shop; n: number; random: Random },
): readonly RangeEvent[] {
  const device = shop.devices[n] ?? newDevice(random)
  const visitAt = (time: number) => strangersSession(account, time, { device, network: shop.network, random })
  const first = visitAt(at)
  const again = Array.from({ length: random.int(0, 2) }, () => at + random.between(2, 20) * dayMs)
  return [
    during(first, at, { type: 'login' }),
    ...(shop.email !== undefined && random.chance(0.7)
      ? [during(first, at + 3 * minuteMs, { type: 'credential_change', shows: { email: shop.email } })]
      : []),
    ...again.map((time) => during(visitAt(time), time, { type: 'login' })),
  ]
}

/** Its buyers have phones and lines of their own, and are strangers to each other. */
function watched(
  { account }: Person,
  fromAt: number,
  { place, random }: { place: Place; random: Random },
): readonly RangeEvent[] {
  const buyers = Array.from({ length: random.int(3, 10) }, () => ({
    device: newDevice(random),
    network: place.networks.home(random),
    random,
  }))
  return buyers.flatMap((buyer) =>
    Array.from({ length: random.int(1, 8) }, () => {
      const at = fromAt + random.exponential(14) * dayMs
      const session = strangersSession(account, at, buyer)
      return [
        during(session, at, { type: 'login' }),
        during(session, at + 5 * minuteMs, {
          type: 'other',
          action: 'stream',
          target: `title_${random.word()}`,
        }),
      ]
    }).flat(),
  )
}
