/** What two accounts share of kinds that only strengthen a link: the same sums as projection/weak.ts, for one pair. */
import { momentStart } from '../evidence/moments.ts'
import { isToldAlready } from '../evidence/seen-through.ts'
import { gapBetween, shareMicroNats } from '../evidence/share.ts'
import { sliceMicroNats } from '../evidence/slices.ts'
import { ipClassWeight } from '../identifiers/ip.ts'
import type { Crowd } from './crowd.ts'
import { type Part, rowOf, type SharedTie } from './shared.ts'

type Meeting = SharedTie & { readonly crowd: Crowd }

export function weakParts(meeting: Meeting): readonly Part[] {
  if (meeting.policy.unit === 'band') return [bandPart(meeting)]
  const { unit } = meeting.policy
  return unit === 'value' ? [] : slicedParts(meeting, unit)
}

/** One part for all slices that both hold and that count. */
function slicedParts(meeting: Meeting, unit: 'day' | 'moment'): readonly Part[] {
  const { mine, theirs, policy, crowd } = meeting
  const weight = ipClassWeight(crowd.identifier.class)
  const counted = meeting.slices
    .map((slice) => ({ slice, accounts: crowd.accountsOn[unit].get(slice) ?? 0 }))
    .map((one) => ({ ...one, evidence: sliceMicroNats(policy, { accounts: one.accounts, weight }) }))
  const moments = counted
    .filter(({ evidence }) => evidence > 0)
    .map(({ slice, accounts }) => ({ startAt: momentStart(slice), accounts }))
  if (unit === 'moment' && moments.length === 0) return []
  const row = { ...rowOf(meeting, mine.kind, crowd.accounts), ...(unit === 'moment' && { moments }) }
  if (isToldAlready(mine, theirs)) {
    return [{ kind: mine.kind, policy, evidence: 0, row: { ...row, note: 'told_already' } }]
  }
  return [
    { kind: mine.kind, policy, evidence: counted.reduce((sum, { evidence }) => sum + evidence, 0), row },
  ]
}

function bandPart({ mine, theirs, policy, family, crowd, agreeing }: Meeting): Part {
  const evidence =
    crowd.accounts < 2
      ? 0
      : shareMicroNats(policy, { accounts: crowd.accounts, gapMs: gapBetween(mine, theirs) })
  const row = {
    ...rowOf({ mine, theirs, family, crowd }, mine.kind, crowd.accounts),
    ...(agreeing !== undefined && { agreeing }),
  }
  return { kind: mine.kind, policy, evidence, row }
}
