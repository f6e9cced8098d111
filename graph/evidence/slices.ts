/** What of a weak identifier counts by itself: the days on which it was used, or the minutes. */
import type { EvidencePolicy } from '../identifiers/kind.ts'
import type { Tie } from './account-facts.ts'
import { momentsOf, windowWeight } from './moments.ts'
import { shareMicroNats } from './share.ts'

/** Ascending: days, or windows of time; none of a kind that is not sliced. */
export function slicesOf(
  { unit }: EvidencePolicy,
  { days, times }: Pick<Tie, 'days' | 'times'>,
): readonly number[] {
  if (unit === 'day') return days
  return unit === 'moment' ? momentsOf(times) : []
}

/** What a slice that two accounts share says of them, when so many accounts hold it. */
export function sliceMicroNats(
  policy: EvidencePolicy,
  { accounts, weight }: { accounts: number; weight: number },
): number {
  if (accounts < 2 || accounts > (policy.accountsMax ?? Infinity)) return 0
  const part = policy.unit === 'moment' ? windowWeight : 1
  return shareMicroNats(policy, { accounts, gapMs: 0, weight: weight * part })
}
