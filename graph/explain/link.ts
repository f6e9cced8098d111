/** Why two accounts are linked directly: every shared identifier with its part of the evidence. */
import { assertedMicroNats } from '../assertions/links.ts'
import { seenWithout } from '../assertions/shared.ts'
import { type Asserted, nothingAsserted, pairName } from '../assertions/standing.ts'
import { bornAtOf } from '../evidence/account-facts.ts'
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
import type { AccountState, Assertion, IdentifierKey } from '../model.ts'
import { type KindLookup, signupIpKind } from '../projection/entities.ts'
import type { Publicness } from '../projection/publicness.ts'
import { compareKeys } from '../state/order.ts'
import { dayOf } from '../time.ts'
import type { Crowd } from './crowd.ts'
import { type Part, rowOf, type SharedEvidence, type SharedTie, sharedTies, type TieIndex } from './shared.ts'
import { weakParts } from './weak-parts.ts'

export interface DirectLink {
  readonly a: string
  readonly b: string
  /** Nats. */
  readonly evidence: number
  readonly probability: number
  /** Most evidence first; identifiers that are shared but count for nothing come last. */
  readonly shared: readonly SharedEvidence[]
  /** What is said of the two, whatever they share. */
  readonly said?: Said
  /** What would be left without the identifier that says most; absent where nothing counts. */
  readonly without?: WithoutOne
}

export interface WithoutOne extends Pick<SharedEvidence, 'kind' | 'ref' | 'mask' | 'countsAs'> {
  readonly evidence: number
  readonly probability: number
}

export interface Said {
  readonly by: Assertion
  /** Nats; 0 where they are not the same. */
  readonly evidence: number
  /** Of all evidence of the link, of 1. */
  readonly share: number
}

export interface LinkOptions {
  readonly crowdOf: (key: IdentifierKey) => Crowd | undefined
  readonly kindOf: KindLookup
  readonly publicness: Publicness
  readonly tiesIn?: TieIndex
  readonly asserted?: Asserted
}

/** The same sums as projection/project.ts, for one pair. */
export function explainLink(
  a: AccountState,
  b: AccountState,
  { crowdOf, publicness, asserted = nothingAsserted, ...tieOptions }: LinkOptions,
): DirectLink {
  const by = asserted.pairs.get(pairName(a.account, b.account))?.by
  const parts = sharedTies(a, b, tieOptions).flatMap((tie) => {
    const crowd = crowdOf(tie.mine)
    if (!crowd) return []
    const [mine, theirs] = [seenWithout(tie.mine, asserted), seenWithout(tie.theirs, asserted)]
    const meeting = { ...tie, mine, theirs, a, b, crowd, publicness: publicness(tie.mine) }
    return partsOf(meeting).map((part) => asAsserted(part, asserted, by))
  })
  const said = by?.kind === 'same_actor' ? assertedMicroNats : 0
  const counted = countedOf(parts)
  const total = sumOf(counted) + said
  const shared = rowsOf(counted, total)
  return {
    a: a.account,
    b: b.account,
    ...figuresOf(total),
    shared,
    ...(by && { said: { by, evidence: said / microNats, share: total > 0 ? rounded(said / total) : 0 } }),
    ...withoutBest(parts, shared, said),
  }
}

const figuresOf = (total: number) => ({
  evidence: total / microNats,
  probability: Math.round(probabilityOf(total) * microNats) / microNats,
})

/** What only strengthens a link counts where others make one. */
function countedOf(parts: readonly Part[]): readonly Part[] {
  const strong = sumOf(parts.filter(({ policy }) => policy.links === 'pairs'))
  return probabilityOf(strong) >= probabilityMin ? parts : parts.map(withoutWeak)
}

/** The same sums again, as if neither used it. */
function withoutBest(
  parts: readonly Part[],
  [best]: readonly SharedEvidence[],
  said: number,
): Pick<DirectLink, 'without'> {
  if (!best || best.evidence === 0) return {}
  const { kind, ref, mask, countsAs } = best
  const others = parts.filter(({ row }) => row.kind !== kind || row.ref !== ref)
  return { without: { kind, ref, mask, countsAs, ...figuresOf(sumOf(countedOf(others)) + said) } }
}

const rounded = (share: number): number => Math.round(share * microNats) / microNats

/** What is shared by design counts for nothing, nor does anything between two who are not the same. */
function asAsserted(part: Part, { shared }: Asserted, pair: Assertion | undefined): Part {
  const by = shared.get(`${part.row.kind}:${part.row.ref}`)
  const row = { ...part.row, faded: 0 }
  if (by) return { ...part, evidence: 0, row: { ...row, note: 'shared_by_design', by } }
  if (pair?.kind !== 'not_the_same') return part
  return { ...part, evidence: 0, row: { ...row, note: 'not_the_same' } }
}

const withoutWeak = (part: Part): Part =>
  part.policy.links === 'pairs' || part.evidence === 0
    ? part
    : { ...part, evidence: 0, row: { ...part.row, note: 'corroborates_only' } }

interface Meeting extends SharedTie {
  readonly a: AccountState
  readonly b: AccountState
  readonly crowd: Crowd
  readonly publicness: number
}

const partsOf = (meeting: Meeting): readonly Part[] =>
  meeting.policy.links === 'pairs' ? [linkingPart(meeting)] : [...signupParts(meeting), ...weakParts(meeting)]

function linkingPart({ mine, theirs, policy, family, crowd, publicness }: Meeting): Part {
  const isHub = crowd.accounts > linkingAccountsMax(policy)
  const isTold = isToldAlready(mine, theirs)
  const saying = (gapMs: number): number =>
    isHub || isTold ? 0 : shareMicroNats(policy, { accounts: crowd.accounts, gapMs, publicness })
  const evidence = saying(gapBetween(mine, theirs))
  const row = {
    ...rowOf({ mine, theirs, family, crowd }, mine.kind, crowd.accounts),
    faded: (saying(0) - evidence) / microNats,
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

function signupParts({ a, b, mine, theirs, family, crowd }: Meeting): readonly Part[] {
  const [bornA, bornB] = [bornAtOf(a), bornAtOf(b)]
  if (mine.kind !== 'ip' || bornA === undefined || bornB === undefined) return []
  const day = dayOf(bornA)
  if (isToldAlready(mine, theirs)) return []
  if (day !== dayOf(bornB) || !mine.days.includes(day) || !theirs.days.includes(day)) return []
  const accounts = crowd.signupsOnDay.get(day) ?? 0
  if (accounts < 2 || accounts > linkingAccountsMax(signupIpEvidence)) return []
  const weight = ipClassWeight(crowd.identifier.class)
  const evidence = shareMicroNats(signupIpEvidence, { accounts, gapMs: 0, weight })
  const row = rowOf({ mine, theirs, family, crowd }, signupIpKind, accounts)
  return [{ kind: signupIpKind, policy: signupIpEvidence, evidence, row }]
}

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
