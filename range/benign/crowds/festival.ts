/** A festival or match: for some days many are behind the exit that serves one mast, and some of them join there. */
import type { Network } from '../../networks.ts'
import { newPerson } from '../../newcomer.ts'
import type { Use } from '../../person.ts'
import type { Place, Plan, Population } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { liveNormally } from '../../routine.ts'
import { dayMs, hourMs } from '../../times.ts'
import { crowdSize, dwellingAt, settled } from '../settle.ts'

const joinsThere = 0.35
const visitsThere = 3

export const festivals: Population = {
  name: 'festival',
  accountsMin: 10,
  plan(place, { random, room, id }): Plan {
    const size = crowdSize(random, { median: 50, sigma: 0.6, min: 10, max: Math.min(150, room) })
    const startsAt = random.between(place.startAt, place.endAt - 4 * dayMs)
    const endsAt = startsAt + random.between(1, 3.5) * dayMs
    const mast = place.networks.carrierLine(random)
    const meadow = { thing: mast, weight: 40, fromAt: startsAt, untilAt: endsAt }
    const people = Array.from({ length: size }, () => guest(place, random, { meadow, id }))
    // They come more often than they would at home.
    const days = { ...place, startAt: startsAt, endAt: endsAt }
    const more = people
      .filter(({ bornAt }) => bornAt < startsAt)
      .flatMap((person) => liveNormally({ ...person, sessions: visitsThere * 30 }, days, random))
    return settled(people, { place, random, more })
  },
}

function guest(
  place: Place,
  random: Random,
  { meadow, id }: { meadow: Use<Network> & { fromAt: number; untilAt: number }; id: string },
) {
  const joinedAt = random.between(meadow.fromAt, meadow.untilAt - hourMs)
  return newPerson(place, random, {
    ...(random.chance(joinsThere) && { bornAt: joinedAt }),
    networks: [...dwellingAt(place, random).networks, meadow],
    group: id,
  })
}
