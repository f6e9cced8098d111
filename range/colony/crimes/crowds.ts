/** Crimes with numbers: many hands or many puppets that look like a public. */
import type { Crime } from './crime.ts'
import { cashOut, chain, desks, flow, holdings, posts, proxied, reached, stolen } from './threads.ts'

/** Real people with real telephones sign up for a bonus, and hand it over for half. */
const couponHands: Crime = {
  name: 'coupon_hands',
  reasons: ['promo_abuse', 'multi_account'],
  size: [8, 60],
  victims: 0,
  operators: [1, 2],
  mules: 0,
  covers: { passer: 2, quiet: 3, steady: 2 },
  hands: 'people',
  act(gang) {
    const { mint } = gang.scene
    const [host] = gang.operators
    const code = mint.word('code')
    for (const account of reached(gang, gang.members)) {
      account.promo = code
      if (host && gang.random.chance(0.5)) account.invitedBy = host.id
    }
    desks(gang, gang.members, { per: [2, 6], by: 'app', line: 'home', weight: 1.5, stintDays: 4, share: 0.7 })
    holdings(gang, gang.members, { kind: 'payment', per: [2, 5], value: () => mint.word('card'), share: 0.8 })
    flow(gang, { from: gang.members, to: gang.operators, relation: 'gifted', mean: 0.5 })
  },
}

/** Buyers are recruited in a chat, told what to write, and refunded outside. */
const reviewBrigade: Crime = {
  name: 'review_brigade',
  reasons: ['fake_engagement', 'spam'],
  size: [6, 40],
  victims: 0,
  operators: [1, 3],
  mules: 0,
  covers: { steady: 3, keen: 3, quiet: 1 },
  hands: 'people',
  act(gang) {
    flow(gang, { from: gang.members, to: gang.operators, relation: 'reviewed', mean: 1.5 })
    flow(gang, { from: gang.members, to: gang.operators, relation: 'paid', mean: 0.9 })
    // Who earns by it has a second name, and a third.
    desks(gang, gang.members, { per: [2, 4], by: 'app', line: 'theirs', weight: 2.5 })
    chain(gang, gang.members, ['payment', 'phone', 'payout'])
  },
}

/** Racks of telephones listen all night, each to its own list. */
const playFarm: Crime = {
  name: 'play_farm',
  reasons: ['fake_engagement', 'multi_account'],
  size: [10, 60],
  victims: 0,
  operators: [1, 3],
  mules: 0.05,
  covers: { keen: 3, steady: 3, quiet: 1 },
  hands: 'puppets',
  act(gang) {
    const { mint } = gang.scene
    desks(gang, gang.crew, { per: [2, 4], by: 'app', line: 'home', weight: 3 })
    holdings(gang, gang.crew, { kind: 'payment', per: [3, 8], value: () => mint.word('card'), share: 0.7 })
    flow(gang, { from: gang.operators, to: gang.members, relation: 'gifted', mean: 2 })
    cashOut(gang, gang.operators, 1.5)
  },
}

/** Software behind rented lines; what gives it away is bought in lots: numbers, cards, papers. */
const puppetShow: Crime = {
  name: 'puppet_show',
  reasons: ['spam', 'fake_engagement', 'multi_account'],
  size: [8, 50],
  victims: 0,
  operators: [1, 2],
  mules: 0,
  covers: { quiet: 2, passer: 2, steady: 2, giver: 1 },
  hands: 'puppets',
  act(gang) {
    const { mint } = gang.scene
    proxied(gang, gang.crew)
    holdings(gang, gang.crew, { kind: 'phone', per: [2, 5], value: () => mint.phone() })
    holdings(gang, gang.members, { kind: 'payment', per: [2, 4], value: () => mint.word('card'), share: 0.6 })
    posts(gang, gang.members, { kind: 'text', per: [3, 9] })
    flow(gang, { from: gang.members, to: gang.honest, relation: 'messaged', mean: 1 })
  },
}

/** Seats of family plans are let by the month to strangers. */
const subletting: Crime = {
  name: 'subletting',
  reasons: ['multi_account', 'prohibited_item'],
  size: [5, 35],
  victims: 0,
  operators: [1, 2],
  mules: 0.1,
  covers: { steady: 3, keen: 2, quiet: 2 },
  hands: 'people',
  act(gang) {
    const { mint } = gang.scene
    const host = `${gang.random.word()}.example`
    for (const account of reached(gang, gang.members, 0.8)) account.email = mint.email(host)
    holdings(gang, gang.crew, { kind: 'payment', per: [3, 6], value: () => mint.word('card'), weight: 3 })
    desks(gang, gang.members, { per: [3, 8], by: 'web', line: 'tunnel', weight: 1, stintDays: 6, share: 0.7 })
    flow(gang, { from: gang.members, to: gang.operators, relation: 'paid', mean: 0.6 })
  },
}

/** Wages of a job that does not exist: money comes, and is passed on less a tenth. */
const jobMules: Crime = {
  name: 'job_mules',
  reasons: ['chargeback', 'phishing'],
  size: [5, 28],
  victims: 0.15,
  operators: [1, 2],
  mules: 0.9,
  covers: { steady: 3, earner: 2, quiet: 2 },
  hands: 'people',
  act(gang) {
    const { mint } = gang.scene
    flow(gang, { from: gang.victims, to: gang.mules, relation: 'paid', mean: 1.5, factor: 2 })
    flow(gang, { from: gang.mules, to: gang.operators, relation: 'paid', mean: 0.8, factor: 2 })
    // The handler "helps" with the first log-in.
    desks(gang, gang.mules, { per: [2, 7], by: 'web', line: 'tunnel', weight: 1.5, stintDays: 5 })
    holdings(gang, gang.mules, { kind: 'payout', per: [2, 4], value: () => mint.word('iban'), share: 0.7 })
    cashOut(gang, gang.mules, 0.6)
    stolen(gang, ['payment', 'payout'], 0.5)
    for (const victim of gang.victims) victim.since = Math.max(gang.from, victim.bornAt)
  },
}

export const crowds: readonly Crime[] = [
  couponHands,
  reviewBrigade,
  playFarm,
  puppetShow,
  subletting,
  jobMules,
]
