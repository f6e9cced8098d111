/**
 * How much one shared identifier says about a pair of accounts, in micro-nats (1e-6 nat).
 *
 * Two accounts that share an identifier with `accounts` users are partners at odds kappa / (accounts - 1): the
 * Fellegi-Sunter likelihood ratio with term frequency (Fellegi & Sunter 1969), from which the size of the base
 * cancels. To first order it is Newman's 1 / (k - 1) (Newman 2001). Evidence is -ln(1 - p), so that it adds up.
 * Whole micro-nats add up to the same sum in any order.
 */
import type { EvidencePolicy } from '../identifiers/kind.ts'
import { dayMs } from '../time.ts'
import { halved, nearest } from './fade.ts'

export const microNats = 1_000_000

/** Pairs below this probability are no links. */
export const probabilityMin = 0.02

/** The least evidence of such a pair, in whole micro-nats. */
export const evidenceMin = Math.ceil(-Math.log1p(-probabilityMin) * microNats)

/** However rare its kind, an identifier with more accounts than this is a hub. */
export const hubAccountsMin = 200

export function shareMicroNats(policy: EvidencePolicy, { gapMs, weight = 1, ...sharing }: Sharing): number {
  return fadedMicroNats(policy, rarityNats(policy, sharing), { gapMs, weight })
}

interface Sharing {
  readonly accounts: number
  readonly gapMs: number
  readonly weight?: number
  /** By what the odds are multiplied (projection/publicness.ts). */
  readonly publicness?: number
}

/** What sharing it says by itself: the same for every pair of its users. */
export const rarityNats = (
  { kappa }: EvidencePolicy,
  { accounts, publicness = 1 }: Pick<Sharing, 'accounts' | 'publicness'>,
): number => Math.log1p((kappa * publicness) / (accounts - 1))

/** What is left of it after the time between two uses. */
export function fadedMicroNats(
  { halfLifeDays }: EvidencePolicy,
  nats: number,
  { gapMs, weight }: { gapMs: number; weight: number },
): number {
  const decay = halved(gapMs / (halfLifeDays * dayMs))
  return nearest(nats * decay * weight * microNats)
}

/** Time between two uses of an identifier; 0 when they overlap. */
export const gapBetween = (
  a: { firstAt: number; lastAt: number },
  b: { firstAt: number; lastAt: number },
): number => Math.max(0, Math.max(a.firstAt, b.firstAt) - Math.min(a.lastAt, b.lastAt))

/** The most accounts an identifier may have and still link them: above, one share is below `probabilityMin`. */
export const linkingAccountsMax = ({ kappa, accountsMax = hubAccountsMin }: EvidencePolicy): number =>
  Math.min(hubAccountsMin, accountsMax, Math.floor(1 + kappa * (1 / probabilityMin - 1)))

export const capMicroNats = ({ capNats }: EvidencePolicy): number => Math.round(capNats * microNats)

/** The probability that two accounts with this much evidence are partners. */
export const probabilityOf = (evidence: number): number => -Math.expm1(-evidence / microNats)
