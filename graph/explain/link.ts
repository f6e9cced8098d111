/** Why two accounts are linked directly: every shared identifier with its part of the evidence. */
import { bornAtOf, type Tie, tiesOf } from '../evidence/account-facts.ts'
import { isToldAlready } from '../evidence/seen-through.ts'
import {
  capMicroNats,
  gapBetween,
  linkingAccountsMax,
  microNats,
  probabilityMin,
  probabilityOf,
  shareMicroNats,
} from '../evidence/share.ts'
import { ipClassWeight, signupIpEvidence } from '../identifiers/ip.ts'
import type { EvidencePolicy } from '../identifiers/kind.ts'
import type { AccountState, IdentifierKey } from '../model.ts'
import { type KindLookup, signupIpKind } from '../projection/entities.ts'
import type { Publicness } from '../projection/publicness.ts'
import { compareKeys } from '../state/order.ts'
import { dayOf } from '../time.ts'
import type { Crowd } from './crowd.ts'

export interface SharedEvidence extends IdentifierKey {
  readonly mask: string
  /** What it counts as: the kind, or `signupIp`. */
  readonly countsAs: string
  /** Nats after the cap of its kind. */
  readonly evidence: number
  /** Of 1. */
  readonly share: number
  readonly accounts: number
  /** When each of the two used it. */
  readonly a: Seen
  readonly b: Seen
  /** Days between the two uses; 0 when they overlap. */
  readonly gapDays: number
  /** By what its odds are multiplied, where not by 1 (projection/publicness.ts). */
  readonly publicness?: number
  /** Why it counts for nothing, where it does. */
  readonly note?: 'hub' | 'corroborates_only' | 'told_already'
}
interface Seen {
  readonly firstAt: number
  readonly lastAt: number
}

export interface DirectLink {
  readonly a: string
  readonly b: string
  /** Nats. */
  readonly evidence: number
  readonly probability: number
  /** Most evidence first; identifiers that are shared but count for nothing come last. */
  readonly shared: readonly SharedEvidence[]
}

interface Part {
  readonly kind: string
  readonly policy: EvidencePolicy
  readonly evidence: number
  readonly row: Omit<SharedEvidence, 'evidence' | 'share'>
}

export interface LinkOptions {
  readonly crowdOf: (key: IdentifierKey) => Crowd | undefined
  readonly kindOf: KindLookup
  readonly publicness: Publicness
}

/** The same sums as projection/project.ts, for one pair. */
export function explainLink(
  a: AccountState,
  b: AccountState,
  { crowdOf, kindOf, publicness }: LinkOptions,
): DirectLink {
  const parts = sharedTies(a, b).flatMap(({ mine, theirs }) => {
    const crowd = crowdOf(mine)
    const kind = kindOf(mine.kind)
    const meeting = crowd && { a, b, mine, theirs, crowd, publicness: publicness(mine) }
    return meeting && kind ? partsOf(meeting, kind.evidence) : []
  })
  const strong = sumOf(parts.filter(({ policy }) => policy.links === 'pairs'))
  const isLinked = probabilityOf(strong) >= probabilityMin
  const counted = isLinked ? parts : parts.map(withoutWeak)
  const total = sumOf(counted)
  return {
    a: a.account,
    b: b.account,
    evidence: total / microNats,
    probability: Math.round(probabilityOf(total) * microNats) / microNats,
    shared: rowsOf(counted, total),
  }
}

const withoutWeak = (part: Part): Part =>
  part.policy.links === 'pairs'
    ? part
    : { ...part, evidence: 0, row: { ...part.row, note: 'corroborates_only' } }

interface SharedTie {
  readonly mine: Tie
  readonly theirs: Tie
}

export function sharedTies(a: AccountState, b: AccountState): readonly SharedTie[] {
  const theirs = new Map(tiesOf(b).map((tie) => [`${tie.kind}:${tie.ref}`, tie]))
  return tiesOf(a).flatMap((mine) => {
    const other = theirs.get(`${mine.kind}:${mine.ref}`)
    return other ? [{ mine, theirs: other }] : []
  })
}

interface Meeting extends SharedTie {
  readonly a: AccountState
  readonly b: AccountState
  readonly crowd: Crowd
  readonly publicness: number
}

function partsOf(meeting: Meeting, policy: EvidencePolicy): readonly Part[] {
  if (policy.links === 'pairs') return [linkingPart(meeting, policy)]
  if (!policy.daily || policy.links === 'never') return []
  return [...signupParts(meeting), ...weakParts(meeting, policy)]
}

function linkingPart({ mine, theirs, crowd, publicness }: Meeting, policy: EvidencePolicy): Part {
  const gapMs = gapBetween(mine, theirs)
  const isHub = crowd.accounts > linkingAccountsMax(policy)
  const isTold = isToldAlready(mine, theirs)
  const evidence =
    isHub || isTold ? 0 : shareMicroNats(policy, { accounts: crowd.accounts, gapMs, publicness })
  const row = {
    ...rowOf({ mine, theirs, crowd }, mine.kind, crowd.accounts),
    ...remarkOn({ isHub, isTold, publicness }),
  }
  return { kind: mine.kind, policy, evidence, row }
}

function remarkOn({
  isHub,
  isTold,
  publicness,
}: {
  isHub: boolean
  isTold: boolean
  publicness: number
}): Pick<SharedEvidence, 'note' | 'publicness'> {
  if (isHub) return { note: 'hub' }
  if (isTold) return { note: 'told_already' }
  return publicness === 1 ? {} : { publicness }
}

function signupParts({ a, b, mine, theirs, crowd }: Meeting): readonly Part[] {
  const [bornA, bornB] = [bornAtOf(a), bornAtOf(b)]
  if (mine.kind !== 'ip' || bornA === undefined || bornB === undefined) return []
  const day = dayOf(bornA)
  if (isToldAlready(mine, theirs)) return []
  if (day !== dayOf(bornB) || !mine.days.includes(day) || !theirs.days.includes(day)) return []
  const accounts = crowd.signupsOnDay.get(day) ?? 0
  if (accounts < 2 || accounts > linkingAccountsMax(signupIpEvidence)) return []
  const weight = ipClassWeight(crowd.identifier.class)
  const evidence = shareMicroNats(signupIpEvidence, { accounts, gapMs: 0, weight })
  const row = rowOf({ mine, theirs, crowd }, signupIpKind, accounts)
  return [{ kind: signupIpKind, policy: signupIpEvidence, evidence, row }]
}

/** One part for all days both were on it. */
function weakParts({ mine, theirs, crowd }: Meeting, policy: EvidencePolicy): readonly Part[] {
  const weight = ipClassWeight(crowd.identifier.class)
  const days = mine.days.filter((day) => theirs.days.includes(day))
  const evidence = days
    .map((day) => crowd.onDay.get(day) ?? 0)
    .filter((accounts) => accounts >= 2)
    .reduce((sum, accounts) => sum + shareMicroNats(policy, { accounts, gapMs: 0, weight }), 0)
  if (days.length === 0) return []
  const row = rowOf({ mine, theirs, crowd }, mine.kind, crowd.accounts)
  if (isToldAlready(mine, theirs)) {
    return [{ kind: mine.kind, policy, evidence: 0, row: { ...row, note: 'told_already' } }]
  }
  return [{ kind: mine.kind, policy, evidence, row }]
}

const rowOf = (
  { mine, theirs, crowd }: SharedTie & { crowd: Crowd },
  countsAs: string,
  accounts: number,
): Part['row'] => ({
  kind: mine.kind,
  ref: mine.ref,
  mask: crowd.identifier.mask,
  countsAs,
  accounts,
  a: { firstAt: mine.firstAt, lastAt: mine.lastAt },
  b: { firstAt: theirs.firstAt, lastAt: theirs.lastAt },
  gapDays: Math.round((gapBetween(mine, theirs) / 86_400_000) * 100) / 100,
})

function capsOf(parts: readonly Part[]): ReadonlyMap<string, { sum: number; capped: number }> {
  const kinds = new Map<string, { sum: number; capped: number }>()
  for (const { kind, policy, evidence } of parts) {
    const sum = (kinds.get(kind)?.sum ?? 0) + evidence
    kinds.set(kind, { sum, capped: Math.min(sum, capMicroNats(policy)) })
  }
  return kinds
}

const sumOf = (parts: readonly Part[]): number =>
  [...capsOf(parts).values()].reduce((sum, { capped }) => sum + capped, 0)

/** A kind's cap is spread over its parts, so that the parts add up to the whole. */
function rowsOf(parts: readonly Part[], total: number): readonly SharedEvidence[] {
  const caps = capsOf(parts)
  return parts
    .map(({ kind, evidence, row }) => {
      const { sum, capped } = caps.get(kind) ?? { sum: 0, capped: 0 }
      const counted = sum > 0 ? (evidence * capped) / sum : 0
      return {
        ...row,
        evidence: Math.round(counted) / microNats,
        share: total > 0 ? Math.round((counted / total) * microNats) / microNats : 0,
      }
    })
    .toSorted((x, y) => y.evidence - x.evidence || compareKeys([x.kind, x.ref], [y.kind, y.ref]))
}
