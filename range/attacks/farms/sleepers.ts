/** Accounts opened weeks or months ahead, kept warm by ordinary visits, and woken together. */
import type { RangeEvent } from '../../event.ts'
import type { Network } from '../../networks.ts'
import { newCard, newDevice, newPayout } from '../../newcomer.ts'
import type { Attack, Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dayMs, hourMs } from '../../times.ts'
import { aftermath } from '../aftermath.ts'
import { dealOut, inRing } from '../crowd.ts'
import { buyOnce, later, takeOut } from '../deeds.ts'
import { hideout } from '../hideout.ts'
import { type Member, newMember, newPace, ringPlan } from '../members.ts'

const name = 'sleepers'
const agedDays = { min: 20, max: 120 }

export const sleepers: Attack = {
  name,
  accountsMin: 5,
  reasons: ['chargeback', 'multi_account'],
  plan(place, { random, room, id }): Plan {
    const wakesAt = random.between(place.startAt + 20 * dayMs, place.endAt - 6 * dayMs)
    const size = random.int(5, Math.min(35, room))
    const tools = newTools(place, random, size)
    const pace = { ...newPace(random), staysDays: random.between(3, 30) }
    const members = Array.from({ length: size }, (): Member => {
      const bornAt = wakesAt - random.between(agedDays.min, agedDays.max) * dayMs
      const turnsAt = wakesAt + Math.min(random.exponential(tools.wakesDays), 5) * dayMs
      const member = newMember(place, random, {
        pace,
        bornAt,
        leavesAt: turnsAt + hourMs + random.exponential(pace.staysDays) * dayMs,
      })
      return { ...member, turnsAt }
    })
    return ringPlan(members, {
      place,
      random,
      truth: inRing(id, name),
      deeds: (member, n) => wake(member, n, { place, random, tools }),
    })
  },
}

/** Used from the waking on; one entry an account. */
interface Tools {
  readonly devices: readonly string[]
  readonly network: Network
  readonly cards: readonly string[]
  readonly payouts: readonly string[]
  readonly wakesDays: number
}

const newTools = (place: Place, random: Random, size: number): Tools => ({
  devices: dealOut(size, { random, usersMin: 1, usersMax: random.int(2, 6), make: newDevice }),
  network: hideout(place, random, { home: 3, hosting: 3, proxies: 4 }),
  cards: dealOut(size, { random, usersMin: 1, usersMax: random.int(1, 4), make: newCard }),
  payouts: dealOut(size, { random, usersMin: 2, usersMax: 6, make: newPayout }),
  wakesDays: random.between(0.3, 2),
})

function wake(
  member: Member,
  n: number,
  { place, random, tools }: { place: Place; random: Random; tools: Tools },
): readonly RangeEvent[] {
  const { person, turnsAt } = member
  const [device, payment, payout] = [tools.devices[n], tools.cards[n], tools.payouts[n]]
  // Some go on with the phone and line they were warmed with.
  const visit = random.chance(0.75)
    ? { random, network: tools.network, ...(device !== undefined && { device }) }
    : { random }
  const soon = () => later(member, place, { random, days: 1.5 })
  return [
    ...buyOnce(person, turnsAt, {
      ...visit,
      price: 1.4,
      ...(payment !== undefined && { shows: { payment } }),
    }),
    ...(payout !== undefined && random.chance(0.6) ? takeOut(person, soon(), { ...visit, payout }) : []),
    ...aftermath(person, turnsAt, { place, random, chargeback: 0.2, report: 0.03 }),
  ]
}
