/** Sellers of forbidden or forged goods: banned today, back within days with the same pictures and the same bank. */
import { newItem, newSite } from '../../customs.ts'
import type { RangeEvent } from '../../event.ts'
import { beReported } from '../../mishaps.ts'
import { newDevice, newPayout } from '../../newcomer.ts'
import type { Attack, Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { anyResident } from '../../residents.ts'
import { during, newSession } from '../../session.ts'
import { dayMs, hourMs, minuteMs } from '../../times.ts'
import { inRing } from '../crowd.ts'
import { later, takeOut } from '../deeds.ts'
import { type Member, newMember, newPace, ringPlan } from '../members.ts'
import { newWare, touchedUp, type Ware } from './wares.ts'

const name = 'counterfeit'

export const counterfeit: Attack = {
  name,
  accountsMin: 4,
  reasons: ['counterfeit', 'prohibited_item'],
  plan(place, { random, room, id }): Plan {
    const size = random.int(4, Math.min(18, room))
    const trade = newTrade(random)
    const terms = termsOf(size, place, { random, stalls: random.int(1, 4) })
    const pace = { ...newPace(random), waitDays: random.between(0.3, 4) }
    const things = { device: newDevice(random), payout: newPayout(random), site: newSite(random) }
    const sellers = terms.map(({ bornAt, bannedAt }): Member & { readonly site: string } => {
      // What is not left behind after a ban is what ties the next seller to the last.
      if (random.chance(trade.renewal.device)) things.device = newDevice(random)
      if (random.chance(trade.renewal.payout)) things.payout = newPayout(random)
      if (random.chance(trade.renewal.site)) things.site = newSite(random)
      const devices = [{ thing: things.device, weight: 1 }]
      const member = newMember(place, random, {
        pace,
        bornAt,
        leavesAt: bannedAt,
        devices,
        payout: things.payout,
      })
      return { ...member, turnsAt: Math.min(member.turnsAt, bannedAt - hourMs), site: things.site }
    })
    return ringPlan(sellers, {
      place,
      random,
      truth: inRing(id, name),
      deeds: (member, n) =>
        sell(member, place, {
          random,
          trade,
          site: sellers[n]?.site ?? things.site,
          untilAt: terms[n]?.bannedAt ?? place.endAt,
        }),
    })
  },
}

interface Trade {
  readonly wares: readonly Ware[]
  /** Listings whose picture and text were changed a little, of 1. */
  readonly touchUp: number
  /** How often a new seller has another of these, of 1. */
  readonly renewal: { readonly device: number; readonly payout: number; readonly site: number }
}

const newTrade = (random: Random): Trade => ({
  wares: Array.from({ length: random.int(1, 5) }, () => newWare(random)),
  touchUp: random.pick([0, 0.3, 0.7]),
  renewal: {
    device: random.between(0.5, 1),
    payout: random.between(0.1, 0.8),
    site: random.between(0.1, 0.8),
  },
})

interface Term {
  readonly bornAt: number
  readonly bannedAt: number
}

/** Some stalls at once, each rebuilt after its ban; what no longer fits in the window opens beside them. */
function termsOf(
  count: number,
  { startAt, endAt }: Place,
  { random, stalls }: { random: Random; stalls: number },
): readonly Term[] {
  const lastAt = endAt - 3 * dayMs
  const meanDays = random.between(8, 35)
  const freeAt = Array.from({ length: stalls }, () => random.between(startAt, startAt + 30 * dayMs))
  return Array.from({ length: count }, () => {
    const next = Math.min(...freeAt)
    const bornAt = next < lastAt ? next : random.between(startAt, lastAt)
    const bannedAt = bornAt + (1 + random.exponential(meanDays)) * dayMs
    freeAt[freeAt.indexOf(next)] = bannedAt + random.exponential(3) * dayMs
    return { bornAt, bannedAt }
  }).toSorted((a, b) => a.bornAt - b.bornAt)
}

function sell(
  member: Member,
  place: Place,
  { random, trade, site, untilAt }: { random: Random; trade: Trade; site: string; untilAt: number },
): readonly RangeEvent[] {
  const { person, turnsAt } = member
  const moment = () => Math.min(later(member, place, { random, days: random.between(3, 20) }), untilAt)
  const listings = Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, n) => (n === 0 ? turnsAt : moment()))
  const isSeen = random.chance(0.45)
  const { payout } = person
  return [
    ...listings.flatMap((at) => list(member, at, { random, trade, site })),
    ...(payout === undefined ? [] : takeOut(person, moment(), { random, payout })),
    ...(isSeen ? beReported(person, moment(), anyResident(place, random)) : []),
  ]
}

function list(
  { person }: Member,
  at: number,
  { random, trade, site }: { random: Random; trade: Trade; site: string },
): readonly RangeEvent[] {
  const session = newSession(person, at, random)
  const ware = random.pick(trade.wares)
  const shown = (hash: string) => (random.chance(trade.touchUp) ? touchedUp(hash, random) : hash)
  const links = random.chance(0.5) ? { url: `${site}/${random.word()}` } : { url: `${site}/` }
  return [
    during(session, at, { type: 'login' }),
    during(session, at + 4 * minuteMs, {
      type: 'other',
      action: 'list',
      target: newItem(random),
      shows: { image: shown(ware.image), text: shown(ware.text), ...links },
    }),
  ]
}
