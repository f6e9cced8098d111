/** Streaming: one account is watched in several homes, on televisions that others' accounts are on as well. */
import type { HomeLine } from '../../networks.ts'
import { newCard, newDevice, newDevices, newPerson } from '../../newcomer.ts'
import type { Person, Use } from '../../person.ts'
import type { Place, Plan, Population } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dwellingAt, settled } from '../settle.ts'

/** Leichtman Research Group: 10 to 33 % of accounts are used outside the home that pays. */
const isLent = 0.33

interface Home {
  readonly line: HomeLine
  readonly television: Use<string>
  readonly card: string
  readonly people: number
}

export const subscribers: Population = {
  name: 'subscribers',
  accountsMin: 2,
  plan(place, { random, room, id }): Plan {
    const homes = Array.from({ length: random.int(2, 4) }, () => newHome(place, random))
    const people = homes.flatMap((home) =>
      Array.from({ length: home.people }, () => subscriber(place, random, { home, homes, id })),
    )
    return settled(people.slice(0, room), { place, random })
  },
}

function newHome(place: Place, random: Random): Home {
  const line = place.networks.home(random)
  return {
    line,
    television: { thing: newDevice(random), weight: 2, standsAt: line },
    card: newCard(random),
    people: random.weighted([
      [1, 0.75],
      [2, 0.2],
      [3, 0.05],
    ]),
  }
}

function subscriber(
  place: Place,
  random: Random,
  { home, homes, id }: { home: Home; homes: readonly Home[]; id: string },
): Person {
  const elsewhere = random.chance(isLent) ? homes.filter((other) => other !== home) : []
  const watched = elsewhere.filter(() => random.chance(0.7))
  const televisions = [home, ...watched].map(({ television }) => ({
    ...television,
    weight: random.between(0.5, 3),
  }))
  return newPerson(place, random, {
    networks: [
      ...dwellingAt(place, random, home.line).networks,
      ...watched.map(({ line }) => ({ thing: line, weight: 1 })),
    ],
    devices: [...newDevices(place, random), ...televisions],
    cards: random.chance(0.9) ? [{ thing: home.card, weight: 1 }] : [],
    group: id,
  })
}
