/** Machines in libraries and internet shops, that strangers use one after the other. */
import { newDevice, newDevices, newPerson } from '../../newcomer.ts'
import type { Plan, Population } from '../../plan.ts'
import { crowdSize, dwellingAt, settled } from '../settle.ts'

/** People who own no other machine. */
const hasNothingElse = 0.3

export const kiosks: Population = {
  name: 'kiosk',
  accountsMin: 4,
  plan(place, { random, room, id }): Plan {
    const size = crowdSize(random, { median: 14, sigma: 0.8, min: 4, max: Math.min(80, room) })
    const shop = place.networks.cafe(random)
    const machines = Array.from({ length: random.int(1, 4) }, () => newDevice(random))
    const people = Array.from({ length: size }, () => {
      const own = random.chance(hasNothingElse) ? [] : newDevices(place, random)
      const there = random
        .shuffle(machines)
        .slice(0, random.int(1, 2))
        .map((thing) => ({ thing, weight: random.between(0.2, 2), standsAt: shop }))
      const { networks } = dwellingAt(place, random)
      return newPerson(place, random, { networks, devices: [...own, ...there], group: id })
    })
    return settled(people, { place, random })
  },
}
