/** Regulars of a café, guests of a hotel: strangers on one open network. */
import { newPerson } from '../../newcomer.ts'
import type { Plan, Population } from '../../plan.ts'
import { crowdSize, dwellingAt, settled } from '../settle.ts'

export const cafeRegulars: Population = {
  name: 'cafe',
  accountsMin: 3,
  plan(place, { random, room, id }): Plan {
    const cafe = { thing: place.networks.cafe(random), weight: random.between(0.5, 3) }
    const size = crowdSize(random, { median: 12, sigma: 0.7, min: 3, max: Math.min(60, room) })
    const people = Array.from({ length: size }, () => {
      const { networks } = dwellingAt(place, random)
      return newPerson(place, random, { networks: [...networks, cafe], group: id })
    })
    return settled(people, { place, random })
  },
}
