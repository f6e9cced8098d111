/** What detection needs to know of one account, read off its state. */
import type { AccountState, Activity, Relation, StateType, Use } from '../model.ts'
import { joinDays } from '../state/join.ts'
import { dayMs } from '../time.ts'
import { seenThrough } from './seen-through.ts'

/** Seen only in these, an identifier is stored but is no evidence: an attacker chose it, not the account. */
const typesWithoutEvidence: ReadonlySet<StateType> = new Set([
  'login_failed',
  'report',
  'report_failed',
  'chargeback',
  'chargeback_failed',
])

/** Age from which an account counts as established. */
export const establishedMs = 30 * dayMs

/** Whether the relation moves money or goods to the other account. */
export const givesTo = ({ relation }: Pick<Relation, 'relation'>): boolean =>
  relation === 'paid' || relation === 'gifted'

/** Whom the account referred, by id. */
export function referredBy({ relations }: Pick<AccountFacts, 'relations'>): ReadonlySet<string> {
  const referred = relations.filter(({ relation }) => relation === 'referred')
  return referred.length > 0 ? new Set(referred.map(({ to }) => to)) : nobody
}

const nobody: ReadonlySet<string> = new Set()

export const isEvidence = (type: StateType): boolean => !typesWithoutEvidence.has(type)

/** One identifier of an account over all types of event that make evidence. */
export interface Tie {
  readonly kind: string
  readonly ref: string
  readonly firstAt: number
  readonly lastAt: number
  /** Ascending. */
  readonly days: readonly number[]
  /** Of kind `target` only: the newest of each type of event, in no order. */
  readonly times: readonly number[]
  /** Hardware in whose sessions alone it was seen (seen-through.ts). */
  readonly through?: readonly string[]
}

/** The account's ties, ascending by kind and ref, as its uses are. */
export function tiesOf({ uses }: Pick<AccountState, 'uses'>): readonly Tie[] {
  const evident = uses.every(({ type }) => isEvidence(type))
    ? uses
    : uses.filter(({ type }) => isEvidence(type))
  const ties: Tie[] = []
  for (const use of evident) {
    const last = ties.at(-1)
    if (last?.ref === use.ref && last.kind === use.kind) ties[ties.length - 1] = joinTies(last, use)
    else ties.push(bareTie(use))
  }
  const through = seenThrough(evident)
  return through.size === 0 ? ties : ties.map((tie) => tieThrough(tie, through))
}

function tieThrough(tie: Tie, through: ReadonlyMap<string, readonly string[]>): Tie {
  const carriers = through.get(`${tie.kind}:${tie.ref}`)
  return carriers ? { ...tie, through: carriers } : tie
}

const bareTie = ({ kind, ref, firstAt, lastAt, days, times }: Use): Tie => ({
  kind,
  ref,
  firstAt,
  lastAt,
  days,
  times: unlessEmpty(times),
})

/** Most lists are empty, and one list of nothing serves them all. */
const nothing: readonly never[] = []
const unlessEmpty = <T>(list: readonly T[]): readonly T[] => (list.length > 0 ? list : nothing)

const joinTies = (a: Tie, b: Use): Tie => ({
  kind: a.kind,
  ref: a.ref,
  firstAt: Math.min(a.firstAt, b.firstAt),
  lastAt: Math.max(a.lastAt, b.lastAt),
  days: joinDays(a.days, b.days),
  times: b.times.length > 0 ? [...a.times, ...b.times] : a.times,
})

export interface AccountFacts {
  readonly account: string
  /** The least of creation dates sent and sign-ups seen; `undefined` when neither is known. */
  readonly bornAt?: number | undefined
  readonly firstSeenAt?: number | undefined
  readonly failedPayments: number
  readonly chargebacks: number
  readonly reports: number
  /** Times of credential and payout changes among the newest happenings, ascending. */
  readonly sensitiveChangesAt: readonly number[]
  readonly payoutChangesAt: readonly number[]
  readonly chargebacksAt: readonly number[]
  /** Where log-ins failed: no evidence of who the account is, but of who tried. */
  readonly failedLogins: readonly Tie[]
  readonly conduct: Conduct
  /** Days on which anything happened to it or was done by it, ascending. */
  readonly activeDays: readonly number[]
  readonly failedLoginsAt: readonly number[]
  readonly labels: AccountState['labels']
  readonly relations: readonly Relation[]
}

/** What an account did, by type. Counts saturate at the 32 happenings that are kept. */
export type Conduct = Readonly<Partial<Record<StateType, ConductOfType>>>

export interface ConductOfType {
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
}

export function factsOf(state: AccountState): AccountFacts {
  const bornAt = bornAtOf(state)
  const firstSeenAt = least(state.activities.map(({ firstAt }) => firstAt))
  return {
    account: state.account,
    ...(bornAt !== undefined && { bornAt }),
    ...(firstSeenAt !== undefined && { firstSeenAt }),
    failedPayments: countOf(state.activities, 'payment_failed'),
    chargebacks: countOf(state.activities, 'chargeback'),
    reports: countOf(state.activities, 'report'),
    sensitiveChangesAt: happeningsOf(state.activities, ['credential_change', 'payout_change']),
    payoutChangesAt: happeningsOf(state.activities, ['payout_change']),
    chargebacksAt: happeningsOf(state.activities, ['chargeback']),
    failedLogins: unlessEmpty(state.uses.filter(({ type }) => type === 'login_failed').map(bareTie)),
    conduct: conductOf(state.activities),
    activeDays: state.activities.reduce<readonly number[]>((all, { days }) => joinDays(all, days), nothing),
    failedLoginsAt: happeningsOf(state.activities, ['login_failed']),
    labels: unlessEmpty(state.labels),
    relations: unlessEmpty(state.relations),
  }
}

const conductOf = (activities: readonly Activity[]): Conduct =>
  Object.fromEntries(
    activities.map(({ type, recent, firstAt, lastAt }) => [type, { count: recent.length, firstAt, lastAt }]),
  )

export function bornAtOf({
  createdAt,
  activities,
}: Pick<AccountState, 'createdAt' | 'activities'>): number | undefined {
  const signup = activities.find(({ type }) => type === 'signup')
  return least([createdAt, signup?.firstAt].filter((at) => at !== undefined))
}

/**
 * Whether the account had long existed at a moment. Where birth is unknown though the data holds sign-ups, the
 * account is older than the data; where it holds none, age counts from when it was first seen.
 */
export function wasEstablished(
  { bornAt, firstSeenAt }: Pick<AccountFacts, 'bornAt' | 'firstSeenAt'>,
  at: number,
  { dataHasSignups }: { dataHasSignups: boolean },
): boolean {
  const since = bornAt ?? (dataHasSignups ? -Infinity : firstSeenAt)
  return since !== undefined && at - since >= establishedMs
}

/** Happenings kept of a type: saturates at 32. */
const countOf = (activities: readonly Activity[], type: StateType): number =>
  activities.find((activity) => activity.type === type)?.recent.length ?? 0

function happeningsOf(activities: readonly Activity[], types: readonly StateType[]): readonly number[] {
  const own = activities.filter(({ type }) => types.includes(type))
  if (own.length === 0) return nothing
  return unlessEmpty(own.flatMap(({ recent }) => recent.map(({ at }) => at)).toSorted((a, b) => a - b))
}

const least = (values: readonly number[]): number | undefined =>
  values.length > 0 ? values.reduce((a, b) => Math.min(a, b)) : undefined
