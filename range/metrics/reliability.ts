/** Whether probabilities mean what they say, and whom they accuse. */
import type { PublishedMember } from '../score.ts'
import { fraudRoles, type TruthLine } from '../truth.ts'
import { binsOf, calibrationError } from './bins.ts'

export interface Reliability {
  /** Accounts that were published in some group. */
  readonly listed: number
  /**
   * Of 1: how far, in ten bins of risk and weighed by their accounts, mean risk is from the share of accounts whose owner
   * takes part in fraud (expected calibration error: Naeini, Cooper & Hauskrecht 2015).
   */
  readonly calibrationError: number
  /** Victims, of 1, whose owner is given a risk for review or above. */
  readonly victimsSuspected: number
}

/** As `graph/judging/thresholds.ts` has it. */
const reviewMin = 0.35

/** Who gives no probabilities is taken at the flags. */
export function reliability(published: readonly PublishedMember[], truth: readonly TruthLine[]): Reliability {
  const roleOf = new Map(truth.map(({ account, role }) => [account, role]))
  const rows = published.map(({ account, flagged, risk = flagged ? 1 : 0 }) => ({
    risk,
    isFraud: fraudRoles.has(roleOf.get(account) ?? 'benign'),
    isVictim: roleOf.get(account) === 'victim',
  }))
  const said = rows.map(({ risk, isFraud }) => ({ probability: risk, isTrue: isFraud }))
  const victims = truth.filter(({ role }) => role === 'victim').length
  const suspected = rows.filter(({ isVictim, risk }) => isVictim && risk >= reviewMin).length
  return {
    listed: rows.length,
    calibrationError: calibrationError(binsOf(said)),
    victimsSuspected: victims > 0 ? suspected / victims : 0,
  }
}
