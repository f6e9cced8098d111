/** A ring that copies a family next door: as many people, as old, sharing what they share. */
import { newAddress, sentTo } from '../../customs.ts'
import { newCard, newDevice, usualNetworks } from '../../newcomer.ts'
import type { Person, Use } from '../../person.ts'
import type { Attack, Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dayMs } from '../../times.ts'
import { inRing } from '../crowd.ts'
import { buyOnce, later } from '../deeds.ts'
import { type Member, newMember, newPace, ringPlan } from '../members.ts'

const name = 'household_clone'
const sizeMin = 3

export const householdClone: Attack = {
  name,
  accountsMin: sizeMin,
  reasons: ['promo_abuse', 'chargeback'],
  plan(place, { random, room, id }): Plan {
    const families = familiesOf(place).filter(({ length }) => length >= sizeMin && length <= room)
    if (families.length === 0) return { settlers: [], events: [], truth: [] }
    const address = newAddress(random)
    const members = cloned(random.pick(families), place, { random, address })
    const business = random.pick(['returns', 'disputes'] as const)
    return ringPlan(members, {
      place,
      random,
      truth: inRing(id, name),
      deeds: (member) =>
        Array.from({ length: random.int(1, 4) }, () =>
          buyOnce(member.person, later(member, place, { random, days: random.between(5, 30) }), {
            random,
            shows: sentTo(place.customs, address),
            ...(business === 'returns' && random.chance(0.7) && { outcome: 'reversed' }),
          }),
        ).flat(),
    })
  },
}

/** People of one group with a device or a card in common. */
function familiesOf({ residents }: Place): readonly (readonly Person[])[] {
  return [...Map.groupBy(residents, ({ group }) => group)]
    .filter(([group, people]) => group !== null && people.length <= 8 && sharesSomething(people))
    .map(([, people]) => people)
}

function sharesSomething(people: readonly Person[]): boolean {
  const things = people.flatMap(({ devices, cards }) => [...devices, ...cards].map(({ thing }) => thing))
  return new Set(things).size < things.length
}

/** What was one thing to the family is one new thing to the ring. */
function cloned(
  family: readonly Person[],
  place: Place,
  { random, address }: { random: Random; address: string },
): readonly Member[] {
  const pace = { ...newPace(random), waitDays: random.between(5, 40) }
  const home = place.networks.home(random)
  const copies = new Map<string, string>()
  const copy = (uses: readonly Use<string>[], make: (random: Random) => string) =>
    uses.map((use) => {
      const thing = copies.get(use.thing) ?? make(random)
      copies.set(use.thing, thing)
      return { ...use, thing }
    })
  return family.map(({ bornAt, sessions, peakHour, devices, cards }) =>
    newMember(place, random, {
      pace,
      bornAt: Math.min(bornAt, place.endAt - 2 * dayMs),
      sessions,
      peakHour,
      networks: usualNetworks(home, place.networks.phoneLine(random)),
      devices: copy(devices, newDevice),
      cards: copy(cards, newCard),
      ...sentTo(place.customs, address),
    }),
  )
}
