/** Customers of old who were silent for long, and wake within days of a campaign. */
import { newPerson } from '../../newcomer.ts'
import type { Plan, Population } from '../../plan.ts'
import { dayMs, hourMs } from '../../times.ts'
import { dwellingAt, settled } from '../settle.ts'

export const comebacks: Population = {
  name: 'comeback',
  accountsMin: 1,
  plan(place, { random }): Plan {
    const called = place.campaigns.length > 0 ? random.pick(place.campaigns) : place.startAt + 30 * dayMs
    const wakesAt = Math.min(place.endAt - 2 * hourMs, called + random.exponential(2 * dayMs))
    const person = newPerson(place, random, {
      bornAt: place.startAt - random.between(20, 900) * dayMs,
      leavesAt: wakesAt + random.lognormal(4, 1.2) * dayMs,
      networks: dwellingAt(place, random).networks,
      group: 'comeback',
      sessions: place.tempo * random.lognormal(60, 0.8),
    })
    return settled([person], { place: { ...place, startAt: wakesAt }, random })
  },
}
