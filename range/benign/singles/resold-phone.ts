/** A phone that changes hands: its device id, and at times its number, goes on with somebody else. */
import { newDevice, newDevices, newPerson, newPhone } from '../../newcomer.ts'
import type { Plan, Population } from '../../plan.ts'
import { dayMs } from '../../times.ts'
import { dwellingAt, settled } from '../settle.ts'

const numberGoesAlong = 0.15

export const resoldPhones: Population = {
  name: 'resold',
  accountsMin: 2,
  plan(place, { random, id }): Plan {
    const phone = newDevice(random)
    const number = newPhone(random)
    const soldAt = random.between(place.startAt + 5 * dayMs, place.endAt - 5 * dayMs)
    const boughtAt = soldAt + random.exponential(4 * dayMs)
    const isNumbered = random.chance(numberGoesAlong)
    const seller = newPerson(place, random, {
      bornAt: place.startAt - random.exponential(400 * dayMs) - dayMs,
      networks: dwellingAt(place, random).networks,
      devices: [
        { thing: phone, weight: 3, untilAt: soldAt },
        { thing: newDevice(random), weight: 3, fromAt: soldAt },
      ],
      sessions: place.tempo * random.lognormal(15, 0.6),
      ...(isNumbered && { phone: number }),
      group: id,
    })
    const buyer = newPerson(place, random, {
      ...(isNumbered && { bornAt: Math.min(place.endAt - dayMs, boughtAt + dayMs), phone: number }),
      networks: dwellingAt(place, random).networks,
      devices: [
        ...newDevices(place, random).map((use) => ({ ...use, weight: 1 })),
        { thing: phone, weight: 5, fromAt: boughtAt },
      ],
      sessions: place.tempo * random.lognormal(15, 0.6),
      group: id,
    })
    return settled([seller, buyer], { place, random })
  },
}
