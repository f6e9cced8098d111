/** Why a ring is one, as the API and the command line show it. */
import type { Counterfactual } from '../../graph/explain/counterfactual/without.ts'
import type { HonestSign } from '../../graph/explain/honest.ts'
import type { RingExplanation } from '../../graph/explain/ring.ts'
import type { RingTie } from '../../graph/explain/ring-ties.ts'
import {
  burstWords,
  honestWords,
  ringWords,
  signWords,
  tieWords,
  withoutWords,
} from '../../graph/explain/ring-words.ts'
import type { Burst, Timeline } from '../../graph/explain/timeline.ts'
import { groupChanceWords } from '../../graph/explain/words.ts'
import { dayMs } from '../../graph/time.ts'
import { chanceView } from './explanation.ts'
import { reasonView } from './rings.ts'
import { takeoverView } from './takeover.ts'
import { iso } from './times.ts'

/** Accounts listed in one part of an answer; counts are of all. */
const listedMax = 50

export const ringExplanationView = (found: RingExplanation) => {
  const { ring, kinds, ties, decisive, covered, withoutAll, chance, takeover } = found
  const size = ring.members.length
  return {
    ring: ring.id,
    ...(ring.movedTo !== undefined && { movedTo: ring.movedTo }),
    version: ring.version,
    size,
    sentence: ringWords(found),
    kinds: kinds.map((one) => ({ ...one })),
    identifiers: ties.map((tie) => tieView(tie, size)),
    decisive: decisive.map(({ without, ...tie }) => ({
      ...tieView(tie, size),
      adds: tie.adds,
      ...(without && { without: withoutView(without, [tie]) }),
    })),
    covered,
    ...(withoutAll && { withoutAll: withoutView(withoutAll, decisive) }),
    isMadeByLinks: found.isMadeByLinks,
    timeline: timelineView(found.timeline),
    ...(chance && { chance: { ...chanceView(chance), sentence: groupChanceWords(chance) } }),
    honest: { sentence: honestWords(found.signs, ring.head.subtype), signs: found.signs.map(signView) },
    ...(takeover && { takeover: takeoverView(takeover) }),
    truncated: found.truncated,
  }
}

export const tieView = (tie: RingTie, size: number) => ({
  kind: tie.kind,
  ref: tie.ref,
  mask: tie.mask,
  countsAs: tie.countsAs,
  members: tie.members.length,
  accounts: tie.accounts,
  evidence: tie.evidence,
  share: tie.share,
  sentence: tieWords(tie, size),
})

export const withoutView = (found: Counterfactual, ties: readonly RingTie[]) => ({
  outcome: found.outcome,
  parts: found.parts.map(({ length }) => length),
  lost: found.lost.length,
  lostAccounts: found.lost.slice(0, listedMax),
  isCertain: found.isCertain,
  sentence: withoutWords(found, ties),
})

const timelineView = ({ stepDays, rows, births, arrivals, truncated }: Timeline) => ({
  stepDays,
  rows: rows.map(({ day, ...counts }) => ({ day: dayText(day), ...counts })),
  bursts: [
    ...(births ? [burstView(births, 'births')] : []),
    ...(arrivals ? [burstView(arrivals, 'arrivals')] : []),
  ],
  truncated,
})

export const burstView = (burst: Burst, what: 'births' | 'arrivals') => ({
  what,
  from: dayText(burst.day),
  days: burst.days,
  accounts: burst.accounts,
  sentence: burstWords(burst, what),
})

const dayText = (day: number): string => iso(day * dayMs).slice(0, 10)

const signView = (sign: HonestSign) => ({
  ...reasonView(sign.reason),
  speaksFor: sign.speaksFor,
  ...(sign.others && { others: { ...sign.others } }),
  sentence: signWords(sign),
})
