/** Crimes with money: taken from accounts or by persuasion, and carried off by others. */
import { homeLineOf, type Seat } from '../folk/account.ts'
import { appDevice, webDevice } from '../folk/kit.ts'
import { fixedLine } from '../ground/lines.ts'
import { seat } from '../habits/habit.ts'
import type { Crime, Gang } from './crime.ts'
import { seize } from './takeover.ts'
import { cashOut, chain, desks, flow, holdings, outcry, posts, reached, stolen } from './threads.ts'

/** A bribed clerk ports numbers; the crew resets, the runners are paid. */
const simSwap: Crime = {
  name: 'sim_swap',
  reasons: ['takeover'],
  size: [6, 26],
  victims: 0.45,
  operators: [1, 3],
  mules: 0.6,
  covers: { steady: 3, quiet: 2, earner: 1 },
  hands: 'people',
  act(gang) {
    const { random, scene } = gang
    const phones = Array.from({ length: random.int(1, 4) }, () => crewSeat(gang, 'app'))
    for (const account of reached(gang, gang.crew, 0.8)) {
      seat(account, { ...random.pick(phones), weight: 1 }, random)
    }
    chain(gang, gang.mules, ['payout', 'phone', 'payment'])
    for (const victim of gang.victims) {
      const to = gang.mules.length > 0 ? random.pick(gang.mules) : undefined
      const ported = random.chance(0.3) ? scene.mint.phone() : victim.holdings.phone[0]?.value
      seize(gang, victim, {
        seat: random.pick(phones),
        ...(ported && { phone: ported }),
        ...(to && { to }),
        lockout: 0.9,
      })
    }
    cashOut(gang, gang.mules, 0.8)
  },
}

/** Lists of reused passwords are tried, and what opens is sold on; buyers sit at strangers' accounts. */
const crackedShop: Crime = {
  name: 'cracked_shop',
  reasons: ['takeover', 'phishing'],
  size: [6, 40],
  victims: 0.6,
  operators: [1, 3],
  mules: 0,
  covers: { steady: 2, keen: 2, quiet: 2, passer: 1 },
  hands: 'people',
  act(gang) {
    const { random } = gang
    const checker = Array.from({ length: random.int(1, 2) }, () => crewSeat(gang, 'web'))
    const buyers = reached(gang, gang.crew)
    for (const operator of gang.operators) seat(operator, { ...random.pick(checker), weight: 1.5 }, random)
    for (const victim of gang.victims) {
      const buyer = random.chance(0.7) && buyers.length > 0 ? random.pick(buyers).seats[0] : undefined
      const payout = random.pick(gang.crew).holdings.payout[0]?.value
      seize(gang, victim, {
        seat: buyer ?? random.pick(checker),
        ...(payout !== undefined && random.chance(0.3) && { payout }),
        lockout: 0.25,
      })
    }
    flow(gang, { from: gang.members, to: gang.operators, relation: 'paid', mean: 0.8 })
  },
}

/** Affection first, then a journey that costs money, sent to a friend of a friend. */
const romance: Crime = {
  name: 'romance',
  reasons: ['phishing', 'spam'],
  size: [4, 18],
  victims: 0.3,
  operators: [1, 3],
  mules: 0.6,
  covers: { giver: 2, steady: 3, quiet: 2 },
  hands: 'people',
  act(gang) {
    const { mint } = gang.scene
    flow(gang, {
      from: [...gang.operators, ...gang.members],
      to: gang.victims,
      relation: 'messaged',
      mean: 2,
    })
    const drops = gang.mules.length > 0 ? gang.mules : gang.crew
    flow(gang, { from: gang.victims, to: drops, relation: 'paid', mean: 1.6, factor: 2 })
    flow(gang, { from: gang.mules, to: gang.operators, relation: 'paid', mean: 0.8, factor: 2 })
    posts(gang, [...gang.operators, ...gang.members], { kind: 'image', per: [2, 4] })
    holdings(gang, gang.mules, { kind: 'payout', per: [2, 5], value: () => mint.word('iban') })
    desks(gang, gang.crew, { per: [2, 5], by: 'app', line: 'theirs', weight: 1.5, stintDays: 20 })
    stolen(gang, ['payment', 'phone'], 0.5)
    for (const victim of gang.victims) victim.since = Math.max(gang.from, victim.bornAt)
  },
}

/** Stolen cards buy gifts; gifts change hands until nobody asks. */
const giftWash: Crime = {
  name: 'gift_wash',
  reasons: ['chargeback', 'multi_account'],
  size: [5, 32],
  victims: 0,
  operators: [1, 2],
  mules: 0.35,
  covers: { giver: 3, steady: 2, passer: 2, keen: 1 },
  hands: 'puppets',
  act(gang) {
    const { mint } = gang.scene
    flow(gang, {
      from: gang.members,
      to: gang.mules.length > 0 ? gang.mules : gang.crew,
      relation: 'gifted',
      mean: 1.2,
    })
    flow(gang, { from: gang.mules, to: gang.operators, relation: 'gifted', mean: 0.8 })
    holdings(gang, gang.members, {
      kind: 'payment',
      per: [2, 4],
      value: () => mint.word('card'),
      weight: 2.5,
    })
    desks(gang, gang.crew, { per: [2, 6], by: 'app', line: 'carrier', weight: 2, stintDays: 15 })
    outcry(gang, gang.members, 0.4)
    cashOut(gang, gang.mules, 0.7)
  },
}

/** At the counter where honest customers sign up, the clerk signs up a few more under their papers. */
const shopInsider: Crime = {
  name: 'shop_insider',
  reasons: ['multi_account', 'promo_abuse'],
  size: [4, 22],
  victims: 0,
  operators: [1, 1],
  mules: 0.4,
  covers: { quiet: 3, steady: 2, passer: 2, earner: 1 },
  hands: 'puppets',
  act(gang) {
    const { random, scene } = gang
    const counter = { ...crewSeat(gang, 'app'), line: fixedLine(scene.mint) }
    const customers = random.shuffle(gang.honest).slice(0, random.int(5, 25))
    for (const account of [...customers, ...reached(gang, gang.crew)]) {
      const from = Math.max(account.bornAt, scene.times.startAt)
      seat(account, { ...counter, weight: 8, from, until: from + random.between(1, 4) * 86_400_000 }, random)
    }
    for (const account of reached(gang, gang.members, 0.8)) {
      const paper = customers.length > 0 ? random.pick(customers).holdings.document[0] : undefined
      if (paper) account.holdings.document = [{ ...paper }]
    }
    for (const customer of customers) if (customer.role === 'benign') customer.role = 'bystander'
    holdings(gang, gang.crew, { kind: 'payout', per: [2, 6], value: () => scene.mint.word('iban') })
    cashOut(gang, gang.mules, 0.8)
  },
}

const crewSeat = ({ scene, random, operators }: Gang, by: 'app' | 'web'): Seat => {
  const own = operators[0] && random.chance(0.4) ? homeLineOf(operators[0]) : undefined
  return {
    place: 'work',
    device: by === 'app' ? appDevice(scene, random) : webDevice(scene, random),
    line: own ?? random.pick([...scene.ground.carriers, ...scene.ground.tunnels]),
    weight: 1,
  }
}

export const money: readonly Crime[] = [simSwap, crackedShop, romance, giftWash, shopInsider]
