/** A hall of residence or a shelter: many people, one address, one line, and often a machine for all. */
import { newAddress } from '../../customs.ts'
import { newDevice, newDevices, newPerson, usualNetworks } from '../../newcomer.ts'
import type { Plan, Population } from '../../plan.ts'
import { dayMs, hourMs } from '../../times.ts'
import { crowdSize, settled } from '../settle.ts'

/** Rooms open on a day, and most people come with it. */
const movesInTogether = 0.5

export const dormitories: Population = {
  name: 'dorm',
  accountsMin: 8,
  plan(place, { random, room, id }): Plan {
    const size = crowdSize(random, { median: 30, sigma: 0.6, min: 8, max: Math.min(120, room) })
    const address = newAddress(random)
    const line = place.networks.office(random)
    const machine = random.chance(0.6) ? [{ thing: newDevice(random), weight: 1, standsAt: line }] : []
    const opensAt = random.between(place.startAt, place.endAt - 10 * dayMs)
    const people = Array.from({ length: size }, () => {
      const isNew = random.chance(movesInTogether)
      const bornAt = Math.min(place.endAt - hourMs, opensAt + random.exponential(4 * dayMs))
      const phone = place.networks.phoneLine(random)
      return newPerson(place, random, {
        ...(isNew && { bornAt }),
        networks: usualNetworks(line, phone),
        devices: [...newDevices(place, random), ...(random.chance(0.25) ? machine : [])],
        ...(random.chance(0.8) && { address }),
        group: id,
      })
    })
    return settled(people, { place, random })
  },
}
