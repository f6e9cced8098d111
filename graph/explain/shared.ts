/** What two accounts share, as an explanation lists it. */

import { type Tie, tiesOf } from '../evidence/account-facts.ts'
import { agreeingBands } from '../evidence/bands.ts'
import { gapBetween } from '../evidence/share.ts'
import { slicesOf } from '../evidence/slices.ts'
import type { EvidencePolicy, Family } from '../identifiers/kind.ts'
import type { AccountState, Assertion, IdentifierKey } from '../model.ts'
import type { KindLookup } from '../projection/entities.ts'
import { dayMs } from '../time.ts'
import type { Crowd } from './crowd.ts'

export interface SharedEvidence extends IdentifierKey {
  readonly mask: string
  readonly family: Family
  /** What it counts as: the kind, or `signupIp`. */
  readonly countsAs: string
  /** Nats after the cap of its kind. */
  readonly evidence: number
  /** Nats that the time between the two uses took of it; 0 where they overlap. */
  readonly faded: number
  /** Of 1. */
  readonly share: number
  readonly accounts: number
  /** When each of the two used it. */
  readonly a: Seen
  readonly b: Seen
  /** Days between the two uses; 0 when they overlap. */
  readonly gapDays: number
  /** Days on which both used it; absent where days are not known. */
  readonly daysTogether?: number
  /** By what its odds are multiplied, where not by 1 (projection/publicness.ts). */
  readonly publicness?: number
  /** Of kinds counted by moments: the windows of 15 minutes in which both used it, oldest first. */
  readonly moments?: readonly Moment[]
  /** Of a band: how many bands of its hash agree. */
  readonly agreeing?: number
  /** Why it counts for nothing, where it does. */
  readonly note?: 'hub' | 'corroborates_only' | 'told_already' | 'shared_by_design' | 'not_the_same'
  /** Who says that it is shared by design. */
  readonly by?: Assertion
}

/** A window of time; half of its evidence counts, because windows overlap by half (evidence/moments.ts). */
export interface Moment {
  readonly startAt: number
  /** Accounts that used it then. */
  readonly accounts: number
}

interface Seen {
  readonly firstAt: number
  readonly lastAt: number
  /** On how many days; absent where only the first and the last are known. */
  readonly days?: number
}

/** One identifier's part of a link, before the cap of its kind. */
export interface Part {
  readonly kind: string
  readonly policy: EvidencePolicy
  /** Micro-nats. */
  readonly evidence: number
  readonly row: Omit<SharedEvidence, 'evidence' | 'share'>
}

/** What both use and may say something of them, with how it is weighed. */
export interface SharedTie {
  readonly mine: Tie
  readonly theirs: Tie
  readonly policy: EvidencePolicy
  readonly family: Family
  /** Of kinds that are counted by slices: those both hold, ascending. */
  readonly slices: readonly number[]
  /** Of bands: how many of one hash agree. */
  readonly agreeing?: number
}

/** An account's ties by name. */
export type TieIndex = (state: AccountState) => ReadonlyMap<string, Tie>

const indexTies: TieIndex = (state) => new Map(tiesOf(state).map((tie) => [`${tie.kind}:${tie.ref}`, tie]))

/** For many pairs of the same accounts: each is read once. */
export function rememberTies(): TieIndex {
  const known = new Map<AccountState, ReadonlyMap<string, Tie>>()
  return (state) => {
    const ties = known.get(state) ?? indexTies(state)
    known.set(state, ties)
    return ties
  }
}

export function sharedTies(
  a: AccountState,
  b: AccountState,
  { kindOf, tiesIn = indexTies }: { readonly kindOf: KindLookup; readonly tiesIn?: TieIndex },
): readonly SharedTie[] {
  const others = tiesIn(b)
  const shared = [...tiesIn(a)].flatMap(([name, mine]): readonly SharedTie[] => {
    const theirs = others.get(name)
    const kind = kindOf(mine.kind)
    if (!theirs || !kind) return []
    const { evidence: policy, family } = kind
    const held = new Set(slicesOf(policy, theirs))
    const slices = slicesOf(policy, mine).filter((slice) => held.has(slice))
    return [{ mine, theirs, policy, family, slices }]
  })
  const bands = agreeingBands(
    shared.filter(({ policy }) => policy.links === 'weak' && policy.unit === 'band'),
  )
  return [
    ...shared.filter(
      ({ policy, slices }) => policy.links === 'pairs' || (policy.links === 'weak' && slices.length > 0),
    ),
    ...bands.map(({ band, agreeing }) => ({ ...band, agreeing })),
  ]
}

export const rowOf = (
  { mine, theirs, family, crowd }: Pick<SharedTie, 'mine' | 'theirs' | 'family'> & { crowd: Crowd },
  countsAs: string,
  accounts: number,
): Part['row'] => ({
  kind: mine.kind,
  ref: mine.ref,
  mask: crowd.identifier.mask,
  family,
  countsAs,
  accounts,
  faded: 0,
  a: seenIn(mine),
  b: seenIn(theirs),
  gapDays: Math.round((gapBetween(mine, theirs) / dayMs) * 100) / 100,
  daysTogether: new Set(mine.days).intersection(new Set(theirs.days)).size,
})

/** As a snapshot knows it, which holds the days of a use only of kinds that are counted by the day. */
export function withoutDays(row: SharedEvidence): SharedEvidence {
  const { daysTogether: _, ...rest } = row
  return { ...rest, a: timesOf(row.a), b: timesOf(row.b) }
}

const timesOf = ({ firstAt, lastAt }: Seen): Seen => ({ firstAt, lastAt })

const seenIn = ({ firstAt, lastAt, days }: Tie): Seen => ({ firstAt, lastAt, days: days.length })
