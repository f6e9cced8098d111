/** Emulators on one machine that all report its device: the largest of rings. */
import { newCard, newDevice, newPhone } from '../../newcomer.ts'
import type { Attack, Place, Plan } from '../../plan.ts'
import type { Random } from '../../random.ts'
import { dealOut, inRing } from '../crowd.ts'
import { comeBy, newBusiness, profit } from '../deeds.ts'
import { hideout } from '../hideout.ts'
import { type Member, newMember, newPace, openings, ringPlan } from '../members.ts'

const name = 'emulator_farm'
const sizeMin = 100
/** Such farms have up to 1,000 accounts (docs/detection.md 4.1); a neighbourhood has room for so many. */
const sizeMax = 300

export const emulatorFarm: Attack = {
  name,
  accountsMin: sizeMin,
  accountsMax: sizeMax,
  reasons: ['multi_account', 'fake_engagement', 'promo_abuse'],
  plan(place, { random, room, id }): Plan {
    const members = emulated(place, random, random.int(sizeMin, Math.min(sizeMax, room)))
    const business = newBusiness(random)
    return ringPlan(members, {
      place,
      random,
      truth: inRing(id, name),
      deeds: (member) => [
        ...(random.chance(0.4)
          ? profit(member, place, { business, random })
          : comeBy(member.person, member.turnsAt, { random })),
      ],
    })
  },
}

function emulated(place: Place, random: Random, size: number): readonly Member[] {
  const device = newDevice(random)
  const network = hideout(place, random, { home: 1, hosting: 4, proxies: 5 })
  const cards = dealOut(size, { random, usersMin: 1, usersMax: 5, make: newCard })
  const phones = dealOut(size, { random, usersMin: 1, usersMax: random.int(1, 4), make: newPhone })
  const pace = newPace(random)
  return openings(size, place, { random, spreadDays: random.between(5, 60) }).map((bornAt, n) => {
    const [card, phone] = [cards[n], phones[n]]
    return newMember(place, random, {
      pace,
      bornAt,
      devices: [{ thing: device, weight: 1 }],
      networks: [{ thing: network, weight: 1 }],
      cards: card !== undefined && random.chance(0.7) ? [{ thing: card, weight: 1 }] : [],
      ...(phone !== undefined && random.chance(0.6) && { phone }),
    })
  })
}
