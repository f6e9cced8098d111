/** Bought praise: reviews, followers or letters for a few clients, from accounts that otherwise live as others do. */
import { newHash, newItem, newSite } from '../../customs.ts'
import type { RangeEvent } from '../../event.ts'
import { newDevice, newPhone } from '../../newcomer.ts'
import type { Attack, Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { anyResident } from '../../residents.ts'
import { during, type Happening, newSession } from '../../session.ts'
import { minuteMs } from '../../times.ts'
import { dealOut, inRing } from '../crowd.ts'
import { later } from '../deeds.ts'
import { type Member, newMember, newPace, openings, ringPlan } from '../members.ts'
import { touchedUp } from './wares.ts'

const name = 'fake_engagement'

export const fakeEngagement: Attack = {
  name,
  accountsMin: 6,
  reasons: ['fake_engagement', 'spam'],
  plan(place, { random, room, id }): Plan {
    const size = random.int(6, Math.min(45, room))
    const order = newOrder(place, random)
    const pace = newPace(random)
    const devices = dealOut(size, { random, usersMin: 1, usersMax: random.int(1, 5), make: newDevice })
    const phones = dealOut(size, { random, usersMin: 1, usersMax: random.int(2, 6), make: newPhone })
    const members = openings(size, place, { random, spreadDays: random.between(5, 60) }).map((bornAt, n) => {
      const [device, phone] = [devices[n], phones[n]]
      return newMember(place, random, {
        pace,
        bornAt,
        ...(device !== undefined && { devices: [{ thing: device, weight: 1 }] }),
        ...(phone !== undefined && { phone }),
      })
    })
    return ringPlan(members, {
      place,
      random,
      truth: inRing(id, name),
      deeds: (member) => praise(member, place, { random, order }),
    })
  },
}

type Service = 'review' | 'follow' | 'message'

interface Order {
  readonly service: Service
  readonly clients: readonly Client[]
  readonly texts: readonly string[]
  /** Texts that are reworded, of 1. */
  readonly rewords: number
  readonly site: string
  /** Deeds for others than clients, as a multiple of those for them: what honest people praise as well. */
  readonly cover: number
}

/** Whose account is praised did not necessarily ask for it. */
interface Client {
  readonly account: string | undefined
  readonly item: string
}

function newOrder(place: Place, random: Random): Order {
  return {
    service: random.pick(['review', 'follow', 'message']),
    clients: Array.from({ length: random.int(1, 5) }, () => anyClient(place, random)),
    texts: Array.from({ length: random.int(2, 8) }, () => newHash(random)),
    rewords: random.pick([0, 0.4, 0.8]),
    site: newSite(random),
    cover: random.pick([0, 0.5, 1, 2]),
  }
}

const anyClient = (place: Place, random: Random): Client => ({
  account: anyResident(place, random)?.account,
  item: newItem(random),
})

function praise(
  member: Member,
  place: Place,
  { random, order }: { random: Random; order: Order },
): readonly RangeEvent[] {
  const { person, turnsAt } = member
  const wanted = Math.max(1, Math.min(order.clients.length, random.pick([1, 1, 2, 3])))
  const clients = random.shuffle(order.clients).slice(0, wanted)
  const covers = Array.from({ length: Math.round(clients.length * order.cover) }, () =>
    anyClient(place, random),
  )
  return [...clients, ...covers].flatMap((client, n) => {
    const at = n === 0 ? turnsAt : later(member, place, { random, days: random.between(2, 25) })
    const session = newSession(person, at, random)
    const isPaid = n < clients.length
    return [
      during(session, at, { type: 'login' }),
      during(session, at + 3 * minuteMs, engagement(client, { random, order, isPaid })),
    ]
  })
}

function engagement(
  { account, item }: Client,
  { random, order, isPaid }: { random: Random; order: Order; isPaid: boolean },
): Happening {
  const { service } = order
  const base = isPaid ? random.pick(order.texts) : newHash(random)
  const text = isPaid && random.chance(order.rewords) ? touchedUp(base, random) : base
  const to = (relation: 'reviewed' | 'messaged') =>
    account === undefined ? {} : { counterparties: [{ account, relation }] }
  if (service === 'follow') return { type: 'other', action: 'follow', target: account ?? item }
  if (service === 'review')
    return { type: 'other', action: 'review', target: item, shows: { text }, ...to('reviewed') }
  const shows = { text, ...(isPaid && { url: `${order.site}/` }) }
  return { type: 'other', action: 'message', target: account ?? item, shows, ...to('messaged') }
}
