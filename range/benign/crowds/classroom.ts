/** A class or a course that joins within an hour, at the teacher's word, from one network. */
import { newDevice, newDevices, newPerson, usualNetworks } from '../../newcomer.ts'
import type { Plan, Population } from '../../plan.ts'
import { dayMs, hourMs, minuteMs } from '../../times.ts'
import { settled } from '../settle.ts'

export const classrooms: Population = {
  name: 'classroom',
  accountsMin: 8,
  plan(place, { random, room, id }): Plan {
    const size = random.int(8, Math.min(35, room))
    const school = place.networks.office(random)
    const opensAt = random.between(place.startAt, place.endAt - dayMs)
    const minutes = random.between(15, 90)
    // Some schools lend machines, and not one to each.
    const lent = Array.from({ length: random.chance(0.4) ? Math.ceil(size / random.int(1, 4)) : 0 }, () =>
      newDevice(random),
    )
    const people = Array.from({ length: size }, (_, n) => {
      const bornAt = opensAt + random.next() * minutes * minuteMs
      const machine = lent[n % lent.length]
      const phone = place.networks.phoneLine(random)
      const isGone = random.chance(0.4)
      return newPerson(place, random, {
        bornAt,
        ...(isGone && { leavesAt: bornAt + random.exponential(2 * dayMs) }),
        networks: [
          { thing: school, weight: 40, untilAt: bornAt + 2 * hourMs },
          { thing: school, weight: 1, fromAt: bornAt + 2 * hourMs },
          ...usualNetworks(place.networks.home(random), phone),
        ],
        devices:
          machine === undefined
            ? newDevices(place, random)
            : [{ thing: machine, weight: 4, standsAt: school }, ...newDevices(place, random)],
        group: id,
      })
    })
    return settled(people, { place, random })
  },
}
