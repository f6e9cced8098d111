/** What people do on a platform, by kind of person; criminals live under the same covers. */
import type { Random } from '../../random.ts'

/** Rates are of 30 days unless they say otherwise. */
export interface Temper {
  readonly sessions: number
  /** Chance of a payment in a session. */
  readonly pays: number
  readonly cashes: number
  readonly lists: number
  /** Chance that a payment is refused at first. */
  readonly fails: number
  /** Chance that a log-in is mistyped. */
  readonly mistypes: number
  readonly resets: number
  readonly reroutes: number
  /** Chance of a dispute, and of a refund, after a payment. */
  readonly disputes: number
  readonly returns: number
  readonly blamed: number
  /** Chance of a message in a session. */
  readonly talks: number
  /** Chance of a review after a payment. */
  readonly rates: number
  readonly gifts: number
  readonly invites: number
  /** Median of a payment. */
  readonly amount: number
  /** Hours from sign-up to the first payment, median; most never pay at once. */
  readonly firstHours: number
  /** Mean days until it is left; some never are. */
  readonly stays: number
  /** How much sessions cluster, of 1. */
  readonly bursts: number
}

export const covers = ['quiet', 'steady', 'keen', 'earner', 'giver', 'passer'] as const
export type Cover = (typeof covers)[number]

export type Tempers = Readonly<Record<Cover, { readonly weight: number; readonly temper: Temper }>>

const plain: Temper = {
  sessions: 4.2,
  pays: 0.12,
  cashes: 0.05,
  lists: 0.15,
  fails: 0.09,
  mistypes: 0.07,
  resets: 0.05,
  reroutes: 0.02,
  disputes: 0.012,
  returns: 0.04,
  blamed: 0.02,
  talks: 0.12,
  rates: 0.12,
  gifts: 0.03,
  invites: 0.03,
  amount: 24,
  firstHours: 60,
  stays: 240,
  bursts: 0.3,
}

/** A market between people: who sells is paid out. */
export const marketTempers: Tempers = {
  quiet: { weight: 0.3, temper: { ...plain, sessions: 1.8, pays: 0.05, lists: 0.05 } },
  steady: { weight: 0.27, temper: { ...plain, sessions: 3.5, pays: 0.2 } },
  keen: {
    weight: 0.12,
    temper: { ...plain, sessions: 7.7, pays: 0.22, returns: 0.08, fails: 0.12, amount: 32 },
  },
  earner: {
    weight: 0.14,
    temper: { ...plain, sessions: 5.6, cashes: 1.6, lists: 2.5, talks: 0.3, blamed: 0.07, reroutes: 0.06 },
  },
  giver: { weight: 0.05, temper: { ...plain, gifts: 0.5, invites: 0.2, talks: 0.35 } },
  passer: {
    weight: 0.12,
    temper: { ...plain, sessions: 6.3, pays: 0.22, stays: 12, firstHours: 5, fails: 0.16, bursts: 0.6 },
  },
}

/** A streaming service: most pay a subscription, artists are paid out. */
export const listenerTempers: Tempers = {
  quiet: {
    weight: 0.3,
    temper: { ...plain, sessions: 2.4, pays: 0.06, amount: 8, talks: 0.02, lists: 0, rates: 0.02 },
  },
  steady: {
    weight: 0.34,
    temper: { ...plain, sessions: 5.6, pays: 0.12, amount: 11, talks: 0.03, lists: 0.02 },
  },
  keen: { weight: 0.13, temper: { ...plain, sessions: 10.5, pays: 0.1, amount: 14, gifts: 0.1, lists: 0.1 } },
  earner: {
    weight: 0.05,
    temper: { ...plain, sessions: 4.9, cashes: 1.2, lists: 1.8, reroutes: 0.06, amount: 12 },
  },
  giver: { weight: 0.07, temper: { ...plain, gifts: 0.6, invites: 0.3, amount: 12 } },
  passer: {
    weight: 0.11,
    temper: {
      ...plain,
      sessions: 6.3,
      pays: 0.15,
      stays: 11,
      firstHours: 3,
      fails: 0.15,
      amount: 9,
      bursts: 0.6,
    },
  },
}

/** A wallet: wages in, remittances and bills out. */
export const walletTempers: Tempers = {
  quiet: { weight: 0.22, temper: { ...plain, sessions: 2.1, pays: 0.2, lists: 0, amount: 40 } },
  steady: { weight: 0.3, temper: { ...plain, sessions: 4.2, pays: 0.3, cashes: 0.5, lists: 0, amount: 60 } },
  keen: {
    weight: 0.12,
    temper: { ...plain, sessions: 9.1, pays: 0.35, cashes: 0.7, lists: 0, amount: 35, fails: 0.12 },
  },
  earner: {
    weight: 0.14,
    temper: { ...plain, sessions: 6.3, pays: 0.25, cashes: 2.2, lists: 0.4, reroutes: 0.08, amount: 90 },
  },
  giver: {
    weight: 0.12,
    temper: { ...plain, sessions: 3.5, pays: 0.25, gifts: 1.1, invites: 0.15, amount: 120 },
  },
  passer: {
    weight: 0.1,
    temper: {
      ...plain,
      sessions: 5.6,
      pays: 0.3,
      cashes: 0.6,
      stays: 14,
      firstHours: 4,
      fails: 0.14,
      amount: 50,
    },
  },
}

/** Another nature a person: each rate is their own. Chances stay below a half. */
export function temperOf(tempers: Tempers, cover: Cover, random: Random): Temper {
  const own = tempers[cover].temper
  const rate = (median: number, sigma = 0.6) => random.lognormal(median, sigma)
  const chance = (median: number) => Math.min(0.5, rate(median, 0.7))
  return {
    sessions: rate(own.sessions),
    pays: chance(own.pays),
    cashes: rate(own.cashes, 0.7),
    lists: rate(own.lists, 0.7),
    fails: chance(own.fails),
    mistypes: chance(own.mistypes),
    resets: rate(own.resets, 0.9),
    reroutes: rate(own.reroutes, 0.9),
    disputes: chance(own.disputes),
    returns: chance(own.returns),
    blamed: rate(own.blamed, 0.9),
    talks: chance(own.talks),
    rates: chance(own.rates),
    gifts: rate(own.gifts, 0.9),
    invites: rate(own.invites, 0.9),
    amount: rate(own.amount),
    firstHours: rate(own.firstHours, 1),
    stays: rate(own.stays, 0.5),
    bursts: chance(own.bursts),
  }
}

export const coverOf = (tempers: Tempers, random: Random): Cover =>
  random.weighted(covers.map((cover) => [cover, tempers[cover].weight]))
