/** People whose device is told anew again and again: it is reset, reinstalled, or forgets itself. */
import { newDevice, newPerson } from '../../newcomer.ts'
import type { Use } from '../../person.ts'
import type { Place, Plan, Population } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dwellingAt, settled } from '../settle.ts'

export const resetDevices: Population = {
  name: 'reset',
  accountsMin: 1,
  plan(place, { random, id }): Plan {
    const person = newPerson(place, random, {
      networks: dwellingAt(place, random).networks,
      devices: lives(place, random),
      sessions: place.tempo * random.lognormal(18, 0.8),
      group: id,
    })
    return settled([person], { place, random })
  },
}

function lives({ startAt, endAt }: Place, random: Random): readonly Use<string>[] {
  const times = Array.from({ length: random.int(1, 9) }, () => random.between(startAt, endAt)).toSorted(
    (a, b) => a - b,
  )
  return [undefined, ...times].map((fromAt, n) => {
    const untilAt = times[n]
    return {
      thing: newDevice(random),
      weight: 1,
      ...(fromAt !== undefined && { fromAt }),
      ...(untilAt !== undefined && { untilAt }),
    }
  })
}
