/** The platform's own testers: accounts by the dozen, from few machines, on one card. To the eye they are a farm. */
import { newCard, newDevice, newPayout, newPerson } from '../../newcomer.ts'
import type { Plan, Population } from '../../plan.ts'
import { dayMs, minuteMs } from '../../times.ts'
import { crowdSize, settled } from '../settle.ts'

export const testers: Population = {
  name: 'testers',
  accountsMin: 4,
  plan(place, { random, room, id }): Plan {
    const size = crowdSize(random, { median: 12, sigma: 0.6, min: 4, max: Math.min(40, room) })
    const office = place.networks.office(random)
    const machines = Array.from({ length: random.int(1, 4) }, () => newDevice(random))
    const cards = Array.from({ length: random.int(1, 3) }, () => newCard(random))
    const bank = newPayout(random)
    const runs = Array.from({ length: random.int(1, 6) }, () =>
      random.between(place.startAt, place.endAt - dayMs),
    )
    const people = Array.from({ length: size }, (_, n) => {
      const bornAt = random.pick(runs) + n * random.between(1, 6) * minuteMs
      return newPerson(place, random, {
        bornAt,
        leavesAt: bornAt + random.exponential(12 * dayMs),
        networks: [{ thing: office, weight: 1 }],
        devices: [{ thing: random.pick(machines), weight: 1 }],
        cards: [{ thing: random.pick(cards), weight: 1 }],
        ...(random.chance(0.3) && { payout: bank }),
        sessions: place.tempo * random.lognormal(15, 0.9),
        declines: random.between(0, 0.7),
        group: id,
      })
    })
    return settled(people, { place, random })
  },
}
