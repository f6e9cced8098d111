/**
 * What no model has to be asked: a cohort that chance does not explain and that was hostile afterwards (takeover/) is a
 * takeover wherever the models were taught. Its victims are as likely in other hands as their visit says, or more.
 */
import type { Visitor } from '../takeover/visitors.ts'
import type { JudgingInput } from './features/input.ts'
import type { Suspicion } from './suspicion.ts'

export function withTaken(
  { cohorts, visitors }: Pick<JudgingInput, 'cohorts' | 'visitors'>,
  { risk, compromise }: Suspicion,
): Suspicion {
  const taken = new Set(cohorts.flatMap((cohort) => [...cohort.victims.keys()]))
  const raised = compromise.map((own, account) => {
    const visitor = taken.has(account) ? visitors.get(account) : undefined
    return visitor ? Math.max(own, takenBy(visitor)) : own
  })
  // What an intruder did says nothing of the owner.
  const lowered = risk.map((own, account) =>
    (raised[account] ?? 0) > (compromise[account] ?? 0) ? own * (1 - (raised[account] ?? 0)) : own,
  )
  return { risk: lowered, compromise: raised }
}

/** Odds set by hand: a device that several met at once, left again, and used to change credentials or payouts. */
function takenBy({ together, brief, sensitiveChange }: Visitor): number {
  const logOdds = -1 + 0.9 * (together - 1) + (sensitiveChange ? 1.5 : 0) - (brief ? 0 : 3)
  return 1 / (1 + Math.exp(-logOdds))
}
