/** Customers who share nothing but chance with anybody. */
import { mishapsOf } from '../mishaps.ts'
import { newPerson, usualNetworks } from '../newcomer.ts'
import type { Plan, Population } from '../plan.ts'
import { liveNormally } from '../routine.ts'
import { benign } from './settle.ts'

export const plainCustomers: Population = {
  name: 'plain',
  accountsMin: 1,
  plan(place, { random }): Plan {
    const networks = usualNetworks(place.networks.home(random), place.networks.phoneLine(random))
    const person = newPerson(place, random, { networks })
    const events = [...liveNormally(person, place, random), ...mishapsOf(person, place, random)]
    return { settlers: [person], events, truth: [benign(person)] }
  },
}
