/** People who are online by their phone alone, thousands behind a few addresses of their carrier. */
import { mishapsOf } from '../mishaps.ts'
import { newPerson } from '../newcomer.ts'
import type { Plan, Population } from '../plan.ts'
import { liveNormally } from '../routine.ts'
import { benign } from './settle.ts'

export const carrierCustomers: Population = {
  name: 'carrier',
  accountsMin: 1,
  plan(place, { random }): Plan {
    const line = place.networks.carrierLine(random)
    const networks = [{ thing: line, weight: 1 }]
    const person = newPerson(place, random, { networks, group: `carrier-${line.carrier}` })
    const events = [...liveNormally(person, place, random), ...mishapsOf(person, place, random)]
    return { settlers: [person], events, truth: [benign(person)] }
  },
}
