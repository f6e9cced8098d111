/** A small firm: an office, a machine at the counter, and one card and one bank account for all. */
import { newAddress } from '../../customs.ts'
import { newBirth, newCard, newDevice, newDevices, newPayout, newPerson } from '../../newcomer.ts'
import type { Plan, Population } from '../../plan.ts'
import { dayMs, hourMs } from '../../times.ts'
import { dwellingAt, settled } from '../settle.ts'

export const businesses: Population = {
  name: 'business',
  accountsMin: 3,
  plan(place, { random, room, id }): Plan {
    const size = random.int(3, Math.min(12, room))
    const office = place.networks.office(random)
    const counter = { thing: newDevice(random), weight: 2, standsAt: office }
    const card = { thing: newCard(random), weight: 3 }
    const bank = newPayout(random)
    const address = newAddress(random)
    const startedAt = random.chance(0.4) ? newBirth(place, random) : undefined
    const people = Array.from({ length: size }, () => {
      const usesCounter = random.chance(0.6)
      return newPerson(place, random, {
        ...(startedAt !== undefined && {
          bornAt: Math.min(place.endAt - hourMs, startedAt + random.exponential(2 * dayMs)),
        }),
        networks: [...dwellingAt(place, random).networks, { thing: office, weight: 4 }],
        devices: [...newDevices(place, random), ...(usesCounter ? [counter] : [])],
        cards: random.chance(0.6) ? [card] : [],
        ...(random.chance(0.35) && { payout: bank }),
        ...(random.chance(0.5) && { address }),
        group: id,
      })
    })
    return settled(people, { place, random })
  },
}
