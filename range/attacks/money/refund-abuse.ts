/** A refunding service: customers who hardly know each other let one person claim their money back. */
import type { RangeEvent } from '../../event.ts'
import type { Network } from '../../networks.ts'
import { newDevice, newPayout } from '../../newcomer.ts'
import type { Attack, Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dayMs, hourMs } from '../../times.ts'
import { dealOut, inRing } from '../crowd.ts'
import { buyOnce, comeBy, later, takeOut } from '../deeds.ts'
import { hideout } from '../hideout.ts'
import { type Member, newMember, newOperator, newPace, ringPlan } from '../members.ts'

const name = 'refund_abuse'

export const refundAbuse: Attack = {
  name,
  accountsMin: 5,
  reasons: ['chargeback', 'multi_account'],
  plan(place, { random, room, id }): Plan {
    const size = random.int(5, Math.min(25, room))
    const startsAt = random.between(place.startAt, place.endAt - 15 * dayMs)
    const service = newService(place, random, size)
    const [device = newDevice(random)] = service.devices
    const boss = random.chance(0.4)
      ? [newOperator(place, random, { fromAt: startsAt, device, line: service.network })]
      : []
    const pace = { ...newPace(random), waitDays: random.between(3, 25) }
    const clients = Array.from({ length: size - boss.length }, (): Member => {
      const bornAt = startsAt - (random.exponential(200) - 8) * dayMs
      const member = newMember(place, random, { pace, bornAt: Math.min(bornAt, place.endAt - 3 * dayMs) })
      return { ...member, turnsAt: Math.max(member.turnsAt, startsAt) }
    })
    return ringPlan([...clients, ...boss], {
      place,
      random,
      truth: inRing(id, name),
      deeds: (member, n) =>
        member.role === 'operator'
          ? comeBy(member.person, member.turnsAt, { random, device, network: service.network })
          : refunded(member, n, { place, random, service }),
    })
  },
}

interface Service {
  readonly network: Network
  /** One entry a client. */
  readonly devices: readonly string[]
  readonly payouts: readonly string[]
  /** Refunds that go to the service's bank account, of 1; it keeps its share. */
  readonly collects: number
}

const newService = (place: Place, random: Random, size: number): Service => ({
  network: hideout(place, random, { home: 4, hosting: 3, proxies: 3 }),
  devices: dealOut(size, { random, usersMin: 2, usersMax: random.int(3, 12), make: newDevice }),
  payouts: dealOut(size, { random, usersMin: 3, usersMax: 8, make: newPayout }),
  collects: random.pick([0, 0.4, 0.9]),
})

function refunded(
  member: Member,
  n: number,
  { place, random, service }: { place: Place; random: Random; service: Service },
): readonly RangeEvent[] {
  const { person } = member
  const { network } = service
  const [device, payout] = [service.devices[n], service.payouts[n]]
  const claims = Array.from({ length: random.pick([1, 1, 2, 3]) }, () =>
    later(member, place, { random, days: random.between(5, 30) }),
  )
  const bought = claims.flatMap((at) =>
    buyOnce(person, at, { random, price: 1.4, ...(random.chance(0.8) && { outcome: 'reversed' }) }),
  )
  const claimedAt = later({ person, turnsAt: Math.min(...claims) + hourMs / 2 }, place, { random, days: 4 })
  const visit = { random, network, ...(device !== undefined && { device }) }
  return [
    ...bought,
    ...comeBy(person, claimedAt, visit),
    ...(payout !== undefined && random.chance(service.collects)
      ? takeOut(person, claimedAt + hourMs / 4, { ...visit, payout })
      : []),
  ]
}
