/** Sellers: they show what they have, many buyers pay them, and they are paid out often, from the first day on. */
import { newHash, newItem } from '../../customs.ts'
import type { RangeEvent } from '../../event.ts'
import { newPayout, newPerson } from '../../newcomer.ts'
import type { Person } from '../../person.ts'
import type { Place, Plan, Population } from '../../plan.ts'
import { Random } from '../../random.ts'
import { payOut } from '../../routine.ts'
import { during, newSession } from '../../session.ts'
import { dayMs, hourMs } from '../../times.ts'
import { dwellingAt, settled } from '../settle.ts'

/** Who cannot wait has money sent on within hours. */
const isHasty = 0.3
const makersPicture = 0.25

export const sellers: Population = {
  name: 'seller',
  accountsMin: 1,
  plan(place, { random }): Plan {
    const person = newPerson(place, random, {
      networks: dwellingAt(place, random).networks,
      payout: newPayout(random),
      sessions: place.tempo * random.lognormal(20, 1),
      group: 'seller',
    })
    const more = [...paidOut(person, place, random), ...listings(person, place, random)]
    return settled([person], { place, random, more })
  },
}

/** Pictures of their own, or the maker's, which all who sell the same thing show; words of one template. */
function listings(person: Person, { startAt, endAt }: Place, random: Random): readonly RangeEvent[] {
  const { bornAt, leavesAt = endAt } = person
  const template = newHash(random)
  const from = Math.max(startAt, bornAt)
  return Array.from({ length: Math.min(40, Math.floor(random.lognormal(4, 1))) }, () => {
    const at = random.between(from, Math.max(from, Math.min(endAt, leavesAt)))
    const image = random.chance(makersPicture)
      ? newHash(new Random(0, `goods-${goods(random)}`))
      : newHash(random)
    return during(newSession(person, at, random), at, {
      type: 'other',
      action: 'list',
      target: newItem(random),
      shows: { image, text: random.chance(0.7) ? template : newHash(random) },
    })
  })
}

/** Few things are sold by many, many by few. */
const goods = (random: Random): number => Math.floor(Math.exp(random.next() * Math.log(2_000)))

function paidOut(person: Person, { startAt, endAt }: Place, random: Random): readonly RangeEvent[] {
  const { payout, currency, bornAt, leavesAt = endAt } = person
  if (payout === undefined) return []
  const everyMs = random.chance(isHasty) ? random.between(4, 30) * hourMs : random.between(4, 20) * dayMs
  const events: RangeEvent[] = []
  let at = Math.max(startAt, bornAt) + random.exponential(everyMs)
  while (at < Math.min(endAt, leavesAt) && events.length < 60) {
    events.push(payOut(payout, { session: newSession(person, at, random), at, currency, random }))
    at += random.exponential(everyMs)
  }
  return events
}
