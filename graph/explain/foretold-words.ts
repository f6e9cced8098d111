/** What would become of accounts and rings were something said, as sentences. Every figure is in what is foretold. */
import type { Fate, FateRing } from '../foretold.ts'
import type { RingClass } from '../ring.ts'
import { accountsWord, percent } from './words.ts'

/** Where one account stands; without a ring its risk is the base rate. */
export interface FateStanding {
  readonly ring?: FateRing
  readonly member?: FateRing['members'][number]
  readonly risk: number
  readonly compromise: number
}

export function standingIn(rings: readonly FateRing[], account: string, baseRate: number): FateStanding {
  const ring = rings.find(({ members }) => members.some((one) => one.account === account))
  const member = ring?.members.find((one) => one.account === account)
  if (!ring || !member) return { risk: baseRate, compromise: 0 }
  return { ring, member, risk: member.risk, compromise: member.compromise }
}

/** `u176402 joins ring_7KQ2M9 as core. Its risk goes from 3 % to 71 %.` */
export function fateWords(account: string, now: FateStanding, then: FateStanding): string {
  const figures = [
    figureWords('its risk', now.risk, then.risk),
    ...(percent(now.compromise) === percent(then.compromise)
      ? []
      : [figureWords('that somebody else controls it', now.compromise, then.compromise)]),
  ]
  return `${account} ${placeWords(now, then)}; ${figures.join(', ')}.`
}

function placeWords(
  { ring: was, member: before }: FateStanding,
  { ring: is, member: after }: FateStanding,
): string {
  if (!is || !after) return was ? `leaves ${nameOf(was)} and is in no ring` : 'stays in no ring'
  if (was?.id !== undefined && was.id === is.id) {
    const role =
      before?.role === after.role
        ? `stays in ${was.id} as ${after.role}`
        : `becomes ${after.role} in ${was.id}`
    return was.class === is.class ? role : `${role}, which is then ${classWords[is.class]}`
  }
  const left = was ? `leaves ${nameOf(was)} and ` : ''
  return `${left}joins ${nameOf(is)} as ${after.role}`
}

const nameOf = ({ id, size }: FateRing): string => id ?? `a new ring of ${accountsWord(size)}`

const classWords = {
  fraud_ring: 'a fraud ring',
  takeover_cluster: 'a takeover',
  benign_shared: 'shared by honest people',
  uncertain: 'uncertain',
} satisfies Record<RingClass, string>

const figureWords = (figure: string, now: number, then: number): string =>
  percent(now) === percent(then)
    ? `${figure} stays at ${percent(now)}`
    : `${figure} goes from ${percent(now)} to ${percent(then)}`

export const othersWords = ({ others }: Pick<Fate, 'others'>): string =>
  others === 0
    ? 'Nobody else moves.'
    : `${accountsWord(others)} besides ${others === 1 ? 'is' : 'are'} judged otherwise.`

/** The ring's accounts in what would be left of it, and how much risk would lie there at the most. */
export function partsWords(now: FateRing | undefined, then: readonly FateRing[]): string {
  const [first] = then
  const goes = (risk: number): string => figureWords('risk', now?.risk ?? 0, risk)
  if (!first) return 'No ring would hold its accounts, and each would carry the base rate.'
  if (then.length === 1)
    return `One ring would hold ${accountsWord(first.members.length)} of it, and ${goes(first.risk)}.`
  const sizes = then.map(({ members }) => members.length)
  return `It would be ${then.length} rings, with ${sizes.join(', ')} of its accounts, and ${goes(mostRisk(then))}.`
}

export const mostRisk = (rings: readonly Pick<FateRing, 'risk'>[]): number =>
  rings.reduce((most, { risk }) => Math.max(most, risk), 0)
