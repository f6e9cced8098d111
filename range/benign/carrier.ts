/** People who are online by their phone alone, thousands behind a few addresses of their carrier. */
import { newPerson } from '../newcomer.ts'
import type { Plan, Population } from '../plan.ts'
import { settled } from './settle.ts'

export const carrierCustomers: Population = {
  name: 'carrier',
  accountsMin: 1,
  plan(place, { random }): Plan {
    const line = place.networks.carrierLine(random)
    const networks = [{ thing: line, weight: 1 }]
    return settled([newPerson(place, random, { networks, group: `carrier-${line.carrier}` })], {
      place,
      random,
    })
  },
}
