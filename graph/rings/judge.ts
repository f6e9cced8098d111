/**
 * First form of judging: an additive model with coefficients set by hand, so that every figure can be read as a
 * sum. It says how a ring looks; it is not calibrated. docs/detection.md tells what it can and cannot do.
 */
import type { Reason, ReasonCode } from '../ring.ts'
import type { RingFeatures } from './features.ts'

/** Log-odds of a community of three with nothing else known. */
const base = -2

interface Term {
  readonly code: ReasonCode
  readonly logOdds: number
  readonly share?: number
  readonly count?: number
}

export interface RingJudgement {
  readonly logOdds: number
  /** Largest effect first; `share` is the feature, the sign is in the code. */
  readonly reasons: readonly Reason[]
}

export function judgeRing(features: RingFeatures): RingJudgement {
  const terms = termsOf(features).filter(({ logOdds }) => Math.abs(logOdds) >= 0.1)
  return {
    logOdds: terms.reduce((sum, { logOdds }) => sum + logOdds, base),
    reasons: terms
      .toSorted((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds))
      .slice(0, 5)
      .map(({ code, share, count }) => ({
        code,
        ...(share !== undefined && { share: rounded(share) }),
        ...(count !== undefined && { count }),
      })),
  }
}

const termsOf = (features: RingFeatures): readonly Term[] => [
  { code: 'household_size', logOdds: sizeLogOdds(features.size), count: features.size },
  shared('created_together', 2.6, features.bornTogether),
  shared('few_devices', 1.2, features.onOneDevice),
  shared('failed_payments', 3, features.failedPayments),
  shared('chargebacks', 4, features.chargebacks),
  shared('reports', 2, features.reports),
  shared('labelled_fraud', 6, features.labelledFraud),
  shared('labelled_legit', -4, features.labelledLegit),
  shared('own_device', -2.4, features.ownDevice),
  shared('weak_tie', -1.5, features.householdOnly),
]

/** Most honest groups are households of up to five; beyond, size itself speaks. */
const sizeLogOdds = (size: number): number => Math.max(-0.6, Math.min(2, 1.1 * Math.log(size / 5)))

const shared = (code: ReasonCode, weight: number, share: number): Term => ({
  code,
  logOdds: weight * share,
  share,
})

export const sigmoid = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

/** Probabilities are published in steps of a millionth, and never as certainty. */
export const published = (probability: number): number =>
  Math.min(999_999, Math.max(0, Math.round(probability * 1e6))) / 1e6

const rounded = (share: number): number => Math.round(share * 1e6) / 1e6
