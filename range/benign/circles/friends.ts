/** Friends who bring each other in, and one gift card that all of them spend. */
import { newCode } from '../../customs.ts'
import type { RangeEvent } from '../../event.ts'
import { newBirth, newCard, newPerson } from '../../newcomer.ts'
import type { Person } from '../../person.ts'
import type { Place, Plan, Population } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { during, newMoney, newSession } from '../../session.ts'
import { dayMs, hourMs, minuteMs } from '../../times.ts'
import { dwellingAt, settled } from '../settle.ts'

const isBroughtIn = 0.4

export const friends: Population = {
  name: 'friends',
  accountsMin: 3,
  plan(place, { random, room, id }): Plan {
    const size = random.int(3, Math.min(9, room))
    const givenAt = random.between(place.startAt + dayMs, place.endAt - 3 * dayMs)
    const giftCard = newCard(random)
    const code = newCode(random)
    const [first, ...others] = Array.from({ length: size }, (_, n) =>
      friend(place, random, {
        id,
        givenAt,
        giftCard,
        code: n > 0 && random.chance(isBroughtIn) ? code : undefined,
      }),
    )
    if (first === undefined) return { settlers: [], events: [], truth: [] }
    const more = [first, ...others].flatMap((person) => [
      ...spendGift(person, place, { random, givenAt, giftCard }),
      ...(person.promo === code ? [referredBy(first, person)] : []),
    ])
    return settled([first, ...others], { place, random, more })
  },
}

interface Gift {
  readonly id: string
  readonly givenAt: number
  readonly giftCard: string
  readonly code: string | undefined
}

function friend(place: Place, random: Random, { id, givenAt, giftCard, code }: Gift): Person {
  const broughtAt = givenAt - random.exponential(dayMs)
  const birth = code === undefined ? newBirth(place, random) : Math.max(place.startAt, broughtAt)
  const person = newPerson(place, random, {
    bornAt: Math.min(birth, givenAt),
    networks: dwellingAt(place, random).networks,
    ...(code !== undefined && { promo: code }),
    group: id,
  })
  // They own it for a while, beside cards of their own.
  const gift = { thing: giftCard, weight: 1, fromAt: givenAt, untilAt: givenAt + 20 * dayMs }
  return { ...person, cards: [...person.cards, gift] }
}

function spendGift(
  person: Person,
  { endAt }: Place,
  { random, givenAt, giftCard }: { random: Random } & Pick<Gift, 'givenAt' | 'giftCard'>,
): readonly RangeEvent[] {
  const at = Math.min(endAt - hourMs, givenAt + random.exponential(3 * dayMs))
  const session = newSession(person, at, random)
  const type = random.chance(0.25) ? 'payment_failed' : 'payment'
  const money = newMoney(random, person.currency, 15)
  return [
    during(session, at, { type: 'login' }),
    during(session, at + 3 * minuteMs, { type, shows: { payment: giftCard }, money }),
  ]
}

const referredBy = (friend: Person, { account, bornAt }: Person): RangeEvent => ({
  at: bornAt + minuteMs,
  type: 'other',
  account,
  counterparties: [{ account: friend.account, relation: 'referred' }],
})
