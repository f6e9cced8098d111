/** Students and staff, of whom up to 1,500 come from the same few addresses, some from the same machines. */
import type { Campus } from '../../networks.ts'
import { newDevices, newPerson, usualNetworks } from '../../newcomer.ts'
import type { Use } from '../../person.ts'
import type { Plan, Population } from '../../plan.ts'
import { Random } from '../../random.ts'
import { settled } from '../settle.ts'

const livesThere = 0.3
const usesLab = 0.15
const peoplePerMachine = 30

export const campusPeople: Population = {
  name: 'campus',
  accountsMin: 1,
  plan(place, { random }): Plan {
    const campus = place.networks.campus(random)
    const phone = place.networks.phoneLine(random)
    const elsewhere = random.chance(livesThere) ? [] : usualNetworks(place.networks.home(random), phone)
    const machine = random.chance(usesLab) ? [labMachine(campus, random)] : []
    const person = newPerson(place, random, {
      networks: [...elsewhere, { thing: campus, weight: 3 }],
      devices: [...newDevices(place, random), ...machine],
      group: `campus-${campus.number}`,
    })
    return settled([person], { place, random })
  },
}

/** The same few for people of all neighbourhoods, so it follows from its number. */
function labMachine(campus: Campus, random: Random): Use<string> {
  const machine = random.int(1, Math.ceil(campus.people / peoplePerMachine))
  const word = new Random(machine, `campus-${campus.number}`).word()
  return { thing: `d_${word}`, weight: 1, standsAt: campus }
}
