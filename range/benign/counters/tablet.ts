/** A shop whose staff sign customers up on the tablet at the till. */
import { newCode } from '../../customs.ts'
import type { Network } from '../../networks.ts'
import { newDevice, newDevices, newPerson } from '../../newcomer.ts'
import type { Person } from '../../person.ts'
import type { Place, Plan, Population } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dayMs, hourMs, minuteMs } from '../../times.ts'
import { dwellingAt, settled } from '../settle.ts'

const neverComesBack = 0.35
const customersMax = 60

interface Till {
  readonly tablet: string
  readonly shop: Network
  readonly opensAt: number
  readonly days: number
  readonly promo: string
  readonly id: string
}

export const retailTablets: Population = {
  name: 'tablet',
  accountsMin: 15,
  plan(place, { random, room, id }): Plan {
    const size = random.int(15, Math.min(customersMax, room))
    const till = {
      tablet: newDevice(random),
      shop: place.networks.office(random),
      opensAt: random.between(place.startAt, place.endAt - 3 * dayMs),
      days: random.lognormal(6, 1),
      promo: newCode(random),
      id,
    }
    const people = Array.from({ length: size }, () => customer(place, random, till))
    return settled(people, { place, random })
  },
}

function customer(place: Place, random: Random, { tablet, shop, opensAt, days, promo, id }: Till): Person {
  const bornAt = Math.min(place.endAt - hourMs, opensAt + random.next() * days * dayMs)
  const leftAt = bornAt + random.between(2, 40) * minuteMs
  return newPerson(place, random, {
    bornAt,
    ...(random.chance(neverComesBack) && { leavesAt: leftAt }),
    ...dwellingAt(place, random),
    devices: [
      { thing: tablet, weight: 1, untilAt: leftAt, standsAt: shop },
      ...newDevices(place, random).map((use) => ({ ...use, fromAt: Math.max(leftAt, use.fromAt ?? 0) })),
    ],
    ...(random.chance(0.6) && { promo }),
    group: id,
  })
}
