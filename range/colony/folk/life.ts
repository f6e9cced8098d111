/** A life on the platform, drawn from a temper alone: nobody's part in a crime changes what is told here. */
import type { RelationName, SeenRelation } from '../../../graph/model.ts'
import type { Random } from '../../random.ts'
import { dayMs, hourMs, minuteMs } from '../../times.ts'
import type { Scene } from '../scene.ts'
import type { Account, Mark } from './account.ts'

const monthMs = 30 * dayMs
const sessionsMax = 90

interface Stage extends Scene {
  /** Accounts that sell. */
  readonly market: readonly string[]
}

interface Living {
  readonly account: Account
  readonly stage: Stage
  readonly random: Random
  readonly from: number
  readonly until: number
}

export function lifeOf(account: Account, stage: Stage, random: Random): Mark[] {
  const { startAt, endAt } = stage.times
  const joins = account.bornAt >= startAt
  const from = Math.max(account.bornAt, startAt)
  const left = from + random.exponential(account.temper.stays * dayMs)
  const living = { account, stage, random, from, until: Math.min(endAt, Math.max(left, from + hourMs)) }
  const marks = [
    ...(joins ? signup(living) : []),
    ...sessionTimes(living).flatMap((at) => session(living, at)),
    ...seldom(living),
  ].filter(({ at }) => at >= from && at < endAt)
  // Everyone of the truth is seen at least once.
  return marks.length > 0 ? marks : [{ at: random.between(from, endAt), type: 'login' }]
}

function signup(living: Living): Mark[] {
  const { account, random, from, until } = living
  const { promo, invitedBy, temper } = account
  const first: Mark = {
    at: from,
    type: 'signup',
    // Some must show who they are.
    shows: random.chance(0.3) ? ['phone', 'document'] : ['phone'],
    ...(promo !== undefined && { posts: { promo } }),
    ...(invitedBy !== undefined && { counterparties: [{ account: invitedBy, relation: 'referred' }] }),
  }
  if (!random.chance(Math.min(0.7, temper.pays * 2.5))) return [first]
  const at = from + random.lognormal(temper.firstHours, 1.2) * hourMs
  return at < until ? [first, ...payment(living, at)] : [first]
}

/** Either in the wake of the one before, or on any day; seldom at night. */
function sessionTimes({ account, random, from, until }: Living): readonly number[] {
  const count = Math.min(sessionsMax, poisson(random, (account.temper.sessions * (until - from)) / monthMs))
  const noon = random.normal(15, 2)
  const times: number[] = []
  for (let n = 0; n < count; n += 1) {
    const last = times.at(-1)
    const day = Math.floor(random.between(from, until) / dayMs) * dayMs
    const at =
      last !== undefined && random.chance(account.temper.bursts)
        ? last + random.exponential(6 * hourMs)
        : day + random.normal(noon, 4) * hourMs
    if (at >= from && at < until) times.push(at)
  }
  return times
}

function session(living: Living, at: number): Mark[] {
  const { account, random, stage } = living
  const { temper } = account
  const name = random.chance(0.6) ? { session: `s-${random.word()}` } : {}
  const seat = pickSeat(account, at, random)
  const within = { ...name, ...(seat && { seat }) }
  const marks: Mark[] = []
  const mistakes = random.chance(temper.mistypes) ? 1 + poisson(random, 0.5) : 0
  for (let n = mistakes; n > 0; n -= 1) marks.push({ at: at - n * minuteMs, type: 'login_failed', ...within })
  const byText = random.chance(stage.tuning.byText) ? { shows: ['phone'] as const } : {}
  marks.push({ at, type: 'login', ...within, ...byText })
  if (random.chance(temper.pays))
    marks.push(...payment(living, at + random.exponential(9 * minuteMs), within))
  if (random.chance(temper.talks)) {
    const to = otherOf(living)
    if (to) marks.push(related(at + 3 * minuteMs, { relation: 'messaged', account: to }, within))
  }
  if (random.chance(temper.lists / Math.max(1, temper.sessions))) {
    marks.push({ at: at + 6 * minuteMs, type: 'other', posts: listing(account, stage, random), ...within })
  }
  return marks
}

const listing = (
  { posts }: Account,
  { mint, ground }: Scene,
  random: Random,
): NonNullable<Mark['posts']> => ({
  text: posts.text ?? mint.word('offer'),
  ...(random.chance(0.6) && {
    image: posts.image ?? (random.chance(0.15) ? random.pick(ground.stock) : mint.word('photo')),
  }),
  ...((posts.url !== undefined || random.chance(0.12)) && {
    url: posts.url ?? `https://${random.word()}.example/`,
  }),
})

function payment(living: Living, at: number, within: Partial<Mark> = {}): Mark[] {
  const { account, stage, random } = living
  const { temper } = account
  const seller = random.chance(stage.figures.trades) ? sellerOf(living) : undefined
  const money = { amount: priceOf(random.lognormal(temper.amount, 0.8)), currency: stage.figures.currency }
  const shows = random.chance(stage.figures.ships)
    ? (['payment', 'address'] as const)
    : (['payment'] as const)
  const to = seller && { counterparties: [{ account: seller, relation: 'paid' as const }] }
  const marks: Mark[] = []
  let when = at
  while (random.chance(temper.fails) && marks.length < 4) {
    marks.push({ at: when, type: 'payment_failed', shows: ['payment'], money, ...within })
    when += random.exponential(4 * minuteMs)
  }
  if (marks.length > 0 && random.chance(0.25)) return marks
  marks.push({ at: when, type: 'payment', shows, money, ...to, ...within })
  const later = (days: number) => when + random.exponential(days * dayMs)
  if (seller && random.chance(temper.rates))
    marks.push(related(later(6), { relation: 'reviewed', account: seller }))
  if (seller && random.chance(temper.returns))
    marks.push(related(later(9), { relation: 'refunded', account: seller }))
  if (random.chance(temper.disputes)) {
    marks.push({ at: later(18), type: 'chargeback', shows: ['payment'], money, remote: true })
  }
  return marks
}

/** What happens to people now and then. */
function seldom(living: Living): Mark[] {
  const { account, stage, random, from, until } = living
  const { temper } = account
  const often = (rate: number, mark: (at: number) => Mark | undefined): Mark[] =>
    Array.from({ length: Math.min(12, poisson(random, (rate * (until - from)) / monthMs)) }, () =>
      mark(random.between(from, until)),
    ).flatMap((made) => made ?? [])
  const friendly = (at: number, relation: RelationName) => {
    const to = otherOf(living)
    return to === undefined ? undefined : related(at, { relation, account: to })
  }
  const cash = () => ({
    amount: priceOf(random.lognormal(temper.amount * 3, 0.9)),
    currency: stage.figures.currency,
  })
  const papers = () => (random.chance(0.2) ? (['payout', 'document'] as const) : (['payout'] as const))
  return [
    ...often(temper.cashes, (at) => ({ at, type: 'payout', shows: papers(), money: cash() })),
    ...often(temper.resets, (at) => ({ at, type: 'credential_change', shows: ['phone'] })),
    ...often(temper.reroutes, (at) => ({ at, type: 'payout_change', shows: ['payout', 'document'] })),
    ...often(temper.gifts, (at) => friendly(at, 'gifted')),
    ...often(temper.blamed, (at) => {
      const by = otherOf(living)
      return by === undefined
        ? undefined
        : { ...related(at, { relation: 'reported_by', account: by }), type: 'report', remote: true }
    }),
  ]
}

export const related = (at: number, other: SeenRelation, within: Partial<Mark> = {}): Mark => ({
  at,
  type: 'other',
  counterparties: [other],
  ...within,
})

/** Mostly somebody known. */
function otherOf({ account, stage, random }: Living): string | undefined {
  if (account.friends.length > 0 && random.chance(0.6)) return random.pick(account.friends)
  return notSelf(account, stage.market, random)
}

const sellerOf = ({ account, stage, random }: Living): string | undefined =>
  account.friends.length > 0 && random.chance(0.12)
    ? random.pick(account.friends)
    : notSelf(account, stage.market, random)

/** Some sellers are far better known than others. */
function notSelf({ id }: Account, ids: readonly string[], random: Random): string | undefined {
  const found = ids[Math.floor(random.next() ** 2 * ids.length)]
  return found === id ? undefined : found
}

export function pickSeat(
  { seats }: Account,
  at: number,
  random: Random,
): Account['seats'][number] | undefined {
  const open = seats.filter(({ from = 0, until = Infinity }) => at >= from && at < until)
  if (open.length === 0) return seats[0]
  return random.weighted(open.map((seat) => [seat, seat.weight]))
}

/** Shops like prices that end in nines. */
export const priceOf = (amount: number): number =>
  Math.max(0.5, amount > 4 ? Math.round(amount) - 0.01 : Math.round(amount * 100) / 100)

/** Knuth 1997, 3.4.1. */
export function poisson(random: Random, mean: number): number {
  const floor = Math.exp(-Math.min(mean, 600))
  let product = random.next()
  let count = 0
  while (product > floor) {
    product *= random.next()
    count += 1
  }
  return count
}
