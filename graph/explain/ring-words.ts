/** What is explained of rings and their members, as sentences. Templates only: every figure is in the explanation. */
import type { BenignSubtype, Member } from '../ring.ts'
import { dayMs } from '../time.ts'
import type { Counterfactual } from './counterfactual/without.ts'
import type { DecisiveTie } from './cover.ts'
import type { HonestSign } from './honest.ts'
import type { MemberExplanation, MemberTie } from './member.ts'
import type { RingExplanation } from './ring.ts'
import type { RingTie } from './ring-ties.ts'
import type { Pivot, TakeoverStory, VictimStory } from './takeover.ts'
import type { Burst } from './timeline.ts'
import { accountsWord, aKind, changeWords, kindWord, percent, reasonWords } from './words.ts'

type Named = Pick<RingTie, 'mask' | 'countsAs' | 'ref'>

/** Enough of a reference to tell it from others. */
const refLetters = 8

/** `device d_9f` or, where masks are off, `device 3kQ9aVx2`. */
export const tieName = ({ countsAs, mask, ref }: Named): string =>
  `${kindWord(countsAs)} ${mask || ref.slice(0, refLetters)}`

export const tieWords = (tie: RingTie, size: number): string =>
  [
    `${tie.members.length} of its ${accountsWord(size)} use ${aKind(tie.countsAs)}`,
    tie.accounts > tie.members.length ? ` that ${tie.accounts} accounts use` : ' that nobody else uses',
    tie.evidence > 0 ? `: ${percent(tie.share)} of the evidence` : ', too many to link them by it alone',
  ].join('')

export function withoutWords(
  { outcome, parts, lost, isCertain }: Counterfactual,
  ties: readonly Named[],
): string {
  const [only] = ties
  const names = ties.length === 1 && only ? tieName(only) : 'all these identifiers'
  const without = `${isCertain ? '' : 'By its links alone: '}${isCertain ? 'W' : 'w'}ithout ${names} the ring`
  const sizes = parts.map(({ length }) => length)
  const leaves =
    lost.length === 0 ? '' : `, and ${accountsWord(lost.length)} ${lost.length === 1 ? 'leaves' : 'leave'}`
  if (outcome === 'stays') return `${without} stays as it is.`
  if (outcome === 'loses') return `${without} loses ${accountsWord(lost.length)} and keeps ${sizes[0] ?? 0}.`
  if (outcome === 'dissolves') return `${without} dissolves: it leaves no ring.`
  return `${without} splits in ${sizes.length} (${sizes.join(', ')} accounts)${leaves}.`
}

const isoDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

export const burstWords = ({ day, days, accounts }: Burst, what: 'births' | 'arrivals'): string =>
  what === 'births'
    ? `${accountsWord(accounts)} ${was(accounts)} created within ${days} days from ${isoDay(day)}`
    : `${accountsWord(accounts)} came to what ties them within ${days} days from ${isoDay(day)}`

const was = (count: number): string => (count === 1 ? 'was' : 'were')

export function signWords({ reason, speaksFor, others }: HonestSign): string {
  const side = speaksFor === 'honest' ? 'For an honest group' : 'Against an honest group'
  const text = reasonWords(reason)
  if (!others) return `${side}: ${text}`
  const mean =
    others.share === undefined || others.rings === 0 ? '' : `, at ${percent(others.share)} on average`
  return `${side}: ${text}; the same is said of ${others.rings} of ${others.of} other groups${mean}`
}

const subtypeWords = {
  household: 'a household, or people who share like one',
  workplace_campus: 'people of one workplace, school or campus',
  kiosk: 'strangers who pass through one place with devices for all',
} satisfies Record<BenignSubtype, string>

/** The answer to "why not benign?" in a sentence or two. */
export const honestWords = (signs: readonly HonestSign[], subtype?: BenignSubtype): string =>
  subtype === undefined ? signsWords(signs) : `This looks like ${subtypeWords[subtype]}. ${signsWords(signs)}`

function signsWords(signs: readonly HonestSign[]): string {
  const honest = signs.filter(({ speaksFor }) => speaksFor === 'honest').length
  const against = signs.length - honest
  if (signs.length === 0) return 'Nothing speaks clearly for or against an honest group.'
  if (honest === 0) return 'Nothing among its strongest signs speaks for an honest group.'
  if (against === 0) return 'Nothing among its strongest signs speaks against an honest group.'
  return `Of its ${signs.length} strongest signs ${honest} speak${honest === 1 ? 's' : ''} for an honest group.`
}

export function pivotWords({ kind, mask, ref, victims, only, firstAt, lastAt }: Pivot): string {
  const name = tieName({ countsAs: kind, mask, ref })
  const met = `${accountsWord(victims.length)} met ${name} for the first time ${span(firstAt, lastAt)}`
  if (only.length === 0) return met
  return `${met}; ${only.length} of them met nothing else of the takeover`
}

function span(firstAt: number, lastAt: number): string {
  const [from, to] = [firstAt, lastAt].map((at) => new Date(at).toISOString().slice(0, 10))
  return from === to ? `on ${from}` : `from ${from} to ${to}`
}

export const receiverWords = ({ account, victims }: TakeoverStory['receivers'][number]): string =>
  victims.length === 0
    ? `${account} is named as a receiver by payout details`
    : `${account} was paid by ${victims.length === 1 ? '1 victim' : `${victims.length} victims`} within three days`

export function ringWords({ ring, decisive, covered, takeover }: RingExplanation): string {
  const size = ring.members.length
  if (takeover && takeover.pivots.length > 0) {
    const victims = takeover.victims.length
    return `${victims} of its ${accountsWord(size)} look taken over, by ${manyWord(takeover.pivots.length)}.`
  }
  if (decisive.length === 0)
    return `${accountsWord(size)}, held together by nothing that a few identifiers show.`
  return `${covered} of its ${accountsWord(size)} use ${decisiveWords(decisive)}.`
}

const manyWord = (pivots: number): string =>
  pivots === 1 ? '1 identifier new to them' : `${pivots} identifiers new to them`

const decisiveWords = (decisive: readonly DecisiveTie[]): string => {
  const [only] = decisive
  return decisive.length === 1 && only
    ? `one ${kindWord(only.countsAs)}`
    : `one or more of ${decisive.length} identifiers`
}

const roleWords = {
  victim: 'looks taken over: somebody else controls it',
  receiver: 'receives what victims lose',
  core: 'is at the core of the ring',
  bridge: 'holds parts of the ring together',
  associate: 'is tied to accounts that carry the ring’s risk',
  bystander: 'is linked to the ring without being suspected',
} satisfies Record<Member['role'], string>

export const memberWords = ({ member, linked, evidence }: MemberExplanation): string =>
  `${member.account} ${roleWords[member.role]}; ${
    linked === 0
      ? 'no link ties it to another account of the ring directly.'
      : `it is linked to ${accountsWord(linked)} of the ring by ${evidence.toFixed(2)} nats of evidence.`
  }`

export const memberTieWords = (tie: MemberTie): string =>
  `${tieName(tie)}, with ${accountsWord(tie.members.length - 1)} of the ring${
    tie.evidence > 0 ? `: ${percent(tie.share)} of its evidence` : ''
  }`

export function fateWords(tie: MemberTie): string | undefined {
  if (tie.staysWithout === undefined) return undefined
  const start = tie.isCertain ? 'Without' : 'By its links alone: without'
  return `${start} ${tieName(tie)} it would ${tie.staysWithout ? 'still' : 'not'} be in the ring.`
}

const uncapitalised = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`

export function victimWords({ met, at, changed, paid, safe }: VictimStory): readonly string[] {
  const day = at === undefined ? '' : new Date(at).toISOString().slice(0, 10)
  const names = met.map(({ kind, mask, ref }) => tieName({ countsAs: kind, mask, ref })).join(', ')
  const changes = [...new Set(changed.map((change) => uncapitalised(changeWords(change))))]
  const followed = [...changes, ...(paid.length > 0 ? [`${accountsWord(paid.length)} got money`] : [])]
  return [
    met.length > 0 ? `New to it on ${day}: ${names}.` : 'Nothing new to it is stored.',
    followed.length > 0 ? `Within three days ${followed.join(', ')}.` : 'Nothing changed within three days.',
    safe.length > 0
      ? `Safe: ${safe.map(({ kind, mask, ref }) => tieName({ countsAs: kind, mask, ref })).join(', ')}, used before and by its household only.`
      : 'No hardware of its own from before is known.',
  ]
}
