import { describe, expect, test } from '@jest/globals'
import { businesses } from '../../../range/benign/circles/business.ts'
import { friends } from '../../../range/benign/circles/friends.ts'
import { subscribers } from '../../../range/benign/circles/subscribers.ts'
import { kiosks } from '../../../range/benign/counters/kiosk.ts'
import { repairShops } from '../../../range/benign/counters/repair.ts'
import { retailTablets } from '../../../range/benign/counters/tablet.ts'
import { testers } from '../../../range/benign/counters/testers.ts'
import { cafeRegulars } from '../../../range/benign/crowds/cafe.ts'
import { campusPeople } from '../../../range/benign/crowds/campus.ts'
import { classrooms } from '../../../range/benign/crowds/classroom.ts'
import { dormitories } from '../../../range/benign/crowds/dorm.ts'
import { festivals } from '../../../range/benign/crowds/festival.ts'
import { comebacks } from '../../../range/benign/singles/comeback.ts'
import { movers } from '../../../range/benign/singles/mover.ts'
import { resetDevices } from '../../../range/benign/singles/reset.ts'
import { resoldPhones } from '../../../range/benign/singles/resold-phone.ts'
import { sellers } from '../../../range/benign/singles/seller.ts'
import type { Plan } from '../../../range/plan.ts'
import { mostUsers, placeWith, planOf, plansOf, times, usersOf } from './made-place.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const share = <T>(list: readonly T[], holds: (value: T) => boolean) => list.filter(holds).length / list.length
const middle = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
const births = ({ settlers }: Plan) => settlers.map(({ bornAt }) => bornAt).toSorted((a, b) => a - b)
const spread = (sorted: readonly number[]) => (sorted.at(-1) ?? 0) - (sorted[0] ?? 0)
const ofType = ({ events }: Plan, type: string) => events.filter((event) => event.type === type)

describe('machines that many use', () => {
  test('a shop’s tablet signs up 15 to 60, who use devices of their own from then on', () => {
    for (const plan of plansOf(retailTablets)) {
      const signups = usersOf({ ...plan, events: ofType(plan, 'signup') }, 'device')
      const [tablet = '', customers] = [...signups][0] ?? []
      const later = plan.events.filter(
        ({ identifiers, at, account }) =>
          identifiers?.device === tablet &&
          at > (plan.settlers.find((person) => person.account === account)?.bornAt ?? 0) + 4 * hourMs,
      )

      expect(signups.size).toBe(1)
      expect(customers?.size).toBeGreaterThanOrEqual(15)
      expect(customers?.size).toBeLessThanOrEqual(60)
      expect(later).toEqual([])
    }
  })

  test('a repair shop’s machine sees 5 to 25 old accounts, each for an hour', () => {
    for (const plan of plansOf(repairShops)) {
      expect(plan.settlers.length).toBeGreaterThanOrEqual(5)
      expect(plan.settlers.length).toBeLessThanOrEqual(25)
      expect(Math.max(...births(plan))).toBeLessThan(times.startAt - 30 * dayMs)
      const [desk] = [...usersOf(plan, 'device')].toSorted(([, a], [, b]) => b.size - a.size)
      const visits = plan.events.filter(({ identifiers }) => identifiers?.device === desk?.[0])
      for (const mine of Map.groupBy(visits, ({ account }) => account).values())
        expect(spread(mine.map(({ at }) => at).toSorted((a, b) => a - b))).toBeLessThan(2 * hourMs)
      expect(desk?.[1].size).toBe(plan.settlers.length)
    }
    expect(
      share(plansOf(repairShops), (plan) => ofType(plan, 'credential_change').length >= 3),
    ).toBeGreaterThan(0.7)
  })

  test('a kiosk’s machines never leave it, and serve up to dozens', () => {
    const crowds = plansOf(kiosks).map((plan) => {
      const shared = [...usersOf(plan, 'device')].flatMap(([device, users]) =>
        users.size > 1 ? [device] : [],
      )
      const there = plan.events.filter(({ identifiers }) => shared.includes(identifiers?.device ?? ''))
      expect(new Set(there.map(({ identifiers }) => identifiers?.ip)).size).toBeLessThanOrEqual(1)
      return mostUsers(plan, 'device')
    })

    expect(middle(crowds)).toBeGreaterThan(3)
    expect(Math.max(...crowds)).toBeGreaterThan(15)
  })

  test('testers open accounts minutes apart on few machines and cards', () => {
    for (const plan of plansOf(testers)) {
      const size = plan.settlers.length
      expect(size).toBeLessThanOrEqual(40)
      expect(usersOf(plan, 'device').size).toBeLessThanOrEqual(4 + ofType(plan, 'login').length / 50)
      expect(usersOf(plan, 'ip').size).toBeLessThanOrEqual(1)
      expect(ofType(plan, 'signup')).toHaveLength(size)
    }
  })
})

describe('crowds', () => {
  test('a class joins within an hour and a half from one address', () => {
    for (const plan of plansOf(classrooms)) {
      const signups = ofType(plan, 'signup')
      expect(signups).toHaveLength(plan.settlers.length)
      expect(spread(births(plan))).toBeLessThanOrEqual(1.5 * hourMs)
    }
    expect(
      share(plansOf(classrooms), (plan) => mostUsers(plan, 'ip') > plan.settlers.length * 0.8),
    ).toBeGreaterThan(0.9)
    expect(share(plansOf(classrooms), (plan) => mostUsers(plan, 'device') > 1)).toBeGreaterThan(0.2)
  })

  test('a dormitory has one address for most, and one line', () => {
    for (const plan of plansOf(dormitories)) {
      const ordered = plan.settlers.filter(({ address }) => address !== undefined)
      const counts = [...Map.groupBy(ordered, ({ address }) => address).values()].map(({ length }) => length)
      expect(Math.max(...counts)).toBeGreaterThan(0.45 * plan.settlers.length)
      expect(mostUsers(plan, 'ip')).toBeGreaterThan(0.5 * plan.settlers.length)
    }
  })

  test('a café is where strangers of 3 to 60 accounts meet on an address, and on nothing else', () => {
    for (const plan of plansOf(cafeRegulars)) {
      expect(plan.settlers.length).toBeLessThanOrEqual(60)
      expect(mostUsers(plan, 'device')).toBe(1)
      expect(mostUsers(plan, 'payment')).toBeLessThanOrEqual(1)
    }
    expect(middle(plansOf(cafeRegulars).map((plan) => mostUsers(plan, 'ip')))).toBeGreaterThan(3)
  })

  test('a festival puts its guests behind one exit for days, and some join there', () => {
    for (const plan of plansOf(festivals)) {
      const onCarrier = plan.events.filter(({ identifiers }) => identifiers?.ip?.startsWith('246.'))
      const byAddress = Map.groupBy(onCarrier, ({ identifiers }) => identifiers?.ip)
      const crowd = Math.max(
        ...[...byAddress.values()].map((events) => new Set(events.map(({ account }) => account)).size),
      )
      expect(crowd).toBeGreaterThan(plan.settlers.length * 0.4)
      expect(ofType(plan, 'signup').length).toBeGreaterThan(0)
    }
  })

  test('people of one campus meet on its addresses, and some on its machines', () => {
    const plans = plansOf(campusPeople, 600)
    const one = { ...plans[0], events: plans.flatMap(({ events }) => events), settlers: [], truth: [] }
    const groups = Map.groupBy(plans, ({ truth }) => truth[0]?.group)

    expect(Math.max(...[...groups.values()].map(({ length }) => length))).toBeGreaterThan(20)
    const comesFromThere = ({ events }: Plan) =>
      events.some(({ identifiers }) => identifiers?.ip?.startsWith('250.'))
    expect(share(plans, comesFromThere)).toBeGreaterThan(0.6)
    expect(mostUsers(one, 'ip')).toBeGreaterThan(20)
    expect(mostUsers(one, 'device')).toBeGreaterThan(1)
  })
})

describe('circles', () => {
  test('a firm shares a card, a bank account or a machine', () => {
    const plans = plansOf(businesses)

    expect(plans.every(({ settlers }) => settlers.length >= 3 && settlers.length <= 12)).toBe(true)
    for (const kind of ['payment', 'device', 'address'] as const)
      expect(share(plans, (plan) => mostUsers(plan, kind) > 1)).toBeGreaterThan(0.25)
    expect(share(plans, (plan) => mostUsers(plan, 'payout') > 1)).toBeGreaterThan(0.1)
  })

  test('friends all spend one gift card, within weeks', () => {
    for (const plan of plansOf(friends)) {
      const [gift = '', users] =
        [...usersOf(plan, 'payment')].toSorted(([, a], [, b]) => b.size - a.size)[0] ?? []
      const spent = ofType(plan, 'payment').flatMap(({ identifiers, at }) =>
        identifiers?.payment === gift ? [at] : [],
      )
      expect(users?.size).toBe(plan.settlers.length)
      // Who robs one of them robs the card's other owners as well.
      expect(plan.settlers.every(({ cards }) => cards.some(({ thing }) => thing === gift))).toBe(true)
      expect(spread(spent.toSorted((a, b) => a - b))).toBeLessThan(45 * dayMs)
    }
    const referred = plansOf(friends).flatMap(({ events }) =>
      events.flatMap((event) => event.counterparties ?? []),
    )
    expect(referred.some(({ relation }) => relation === 'referred')).toBe(true)
  })

  test('subscribers’ televisions show accounts of other homes', () => {
    const homeOf = (plan: Plan) =>
      new Map(plan.settlers.map((person) => [person.account, person.networks[0]?.thing]))
    const lent = plansOf(subscribers).filter((plan) => {
      const homes = homeOf(plan)
      return [...usersOf(plan, 'device').values()].some(
        (users) => new Set([...users].map((account) => homes.get(account))).size > 1,
      )
    })

    expect(lent.length / 40).toBeGreaterThan(0.3)
  })
})

describe('single people', () => {
  test('a resold phone has one owner after the other', () => {
    let handed = 0
    for (const plan of plansOf(resoldPhones)) {
      const [seller, buyer] = plan.settlers
      const phone = seller?.devices[0]?.thing
      const uses = plan.events.filter(({ identifiers }) => identifiers?.device === phone)
      const [sold, bought] = [seller, buyer].map((person) =>
        uses.filter(({ account }) => account === person?.account).map(({ at }) => at),
      )
      if (sold?.length && bought?.length) handed += 1
      expect(Math.max(0, ...(sold ?? []))).toBeLessThanOrEqual(Math.min(Infinity, ...(bought ?? [])))
    }
    expect(handed).toBeGreaterThan(20)
  })

  test('a device that is reset is another one after, and never the old again', () => {
    for (const { settlers, events } of plansOf(resetDevices)) {
      const times_ = Map.groupBy(
        events.filter(({ identifiers }) => identifiers?.device),
        ({ identifiers }) => identifiers?.device,
      )
      const spans = [...times_.values()].map((list) => list.map(({ at }) => at).toSorted((a, b) => a - b))
      const inOrder = spans.toSorted(([a = 0], [b = 0]) => a - b)
      // One session goes on with what it began with.
      inOrder.slice(1).forEach((span, n) => {
        expect(span[0]).toBeGreaterThan((inOrder[n]?.at(-1) ?? 0) - 12 * hourMs)
      })
      expect(settlers[0]?.devices.length).toBeGreaterThan(1)
    }
  })

  test('who comes back was silent until a campaign', () => {
    const campaigns = placeWith().campaigns
    for (const { events, settlers } of plansOf(comebacks)) {
      expect(Math.min(...events.map(({ at }) => at))).toBeGreaterThanOrEqual(Math.min(...campaigns))
      expect(settlers[0]?.bornAt).toBeLessThan(times.startAt - 20 * dayMs)
    }
  })

  test('who moves has other lines afterwards, and at times another bank', () => {
    const plans = plansOf(movers, 200)

    for (const { settlers } of plans) {
      const networks = settlers[0]?.networks ?? []
      const moves = new Set(networks.map(({ fromAt, untilAt }) => fromAt ?? untilAt))
      expect(moves.size).toBe(1)
    }
    expect(share(plans, (plan) => ofType(plan, 'payout_change').length > 0)).toBeGreaterThan(0.05)
  })

  test('sellers show pictures, some of which others show too, and words of a template', () => {
    const shown = plansOf(sellers, 200).map(({ events }) =>
      events.flatMap(({ identifiers }) => (identifiers?.image ? [identifiers] : [])),
    )
    const sellersOf = Map.groupBy(
      shown.flatMap((mine, n) => [...new Set(mine.map(({ image }) => image))].map((image) => ({ image, n }))),
      ({ image }) => image,
    )

    expect(share([...sellersOf.values()], ({ length }) => length > 1)).toBeGreaterThan(0.02)
    expect(share([...sellersOf.values()], ({ length }) => length > 1)).toBeLessThan(0.2)
    expect(shown.flat().every(({ image = '' }) => /^([a-f][0-9a-f]{3}){4}$/.test(image))).toBe(true)
    expect(
      share(shown, (mine) => mine.length > 1 && new Set(mine.map(({ text }) => text)).size < mine.length),
    ).toBeGreaterThan(0.4)
  })

  test('a seller is paid out often, a hasty one within a day of joining', () => {
    const plans = plansOf(sellers, 200)
    const joined = plans.filter((plan) => ofType(plan, 'signup').length > 0)
    const soon = share(joined, (plan) => {
      const [birth = 0] = births(plan)
      return ofType(plan, 'payout').some(({ at }) => at - birth < dayMs)
    })

    const gaps = plans.map((plan) => {
      const times_ = ofType(plan, 'payout').map(({ at }) => at)
      return times_.length < 5 ? Infinity : spread(times_.toSorted((a, b) => a - b)) / times_.length
    })

    expect(middle(plans.map((plan) => ofType(plan, 'payout').length))).toBeGreaterThan(5)
    expect(share(gaps, (gap) => gap < 1.5 * dayMs)).toBeGreaterThan(0.15)
    expect(soon).toBeGreaterThan(0.3)
    expect(usersOf(planOf(sellers), 'payout').size).toBeGreaterThan(0)
  })
})
