/**
 * How verdicts of people stand on rings. A verdict sticks to the id, and holds while the ring is made of what was
 * judged; it goes with the accounts it was made on when they split off or are absorbed. Once it no longer holds,
 * somebody has to look again: it does not come back by itself.
 */

import { reviewMin } from '../../judging/thresholds.ts'
import type { Decision, FoundRing, Member, Ring, Role, Standing } from '../../ring.ts'
import { compareText } from '../../state/order.ts'
import { coreOf } from './traits.ts'

/** Share of the judged accounts that have to be there, and, for honesty or a new id, share of the ring they have to be. */
const judgedMin = 0.5
const ofRingMin = 0.5

export interface Verdicts {
  /** Those that were not retracted and have not expired, by id. */
  readonly byId: ReadonlyMap<string, Decision>
  /** Ids of those that expired. */
  readonly expired: ReadonlySet<string>
  /** The newest of each ring. */
  readonly ofRing: ReadonlyMap<string, Decision>
}

/** `asOf`: the end of the last day of data; where there is none yet nothing has expired. */
export function liveVerdicts(decisions: readonly Decision[], asOf = -Infinity): Verdicts {
  const isExpired = ({ expiresAt = Infinity }: Decision): boolean => expiresAt <= asOf
  const kept = decisions.filter(({ retractedAt }) => retractedAt === undefined).toSorted(olderFirst)
  const live = kept.filter((one) => !isExpired(one))
  return {
    expired: new Set(kept.filter(isExpired).map(({ id }) => id)),
    byId: new Map(live.map((one) => [one.id, one])),
    ofRing: new Map(live.map((one) => [one.ring, one])),
  }
}

const olderFirst = (a: Decision, b: Decision): number => a.at - b.at || compareText(a.id, b.id)

/** How many decisions and retractions there are; it grows with each. */
export const countDecisions = (decisions: readonly Decision[]): number =>
  decisions.reduce((sum, { retractedAt }) => sum + (retractedAt === undefined ? 1 : 2), 0)

/** The verdict on a known ring: its own, or else one that came with accounts of another. */
export const verdictOn = (
  { id, head }: Pick<Ring, 'id'> & { readonly head: Pick<Ring['head'], 'verdict'> },
  { byId, ofRing }: Verdicts,
): Decision | undefined => ofRing.get(id) ?? (head.verdict && byId.get(head.verdict.decision))

export interface Origin {
  /** The ring it was. */
  readonly before: Ring | undefined
  /** Rings that its accounts came from otherwise: the one it split off, those it absorbed. */
  readonly others: readonly Ring[]
}

export function standingOf(
  found: FoundRing,
  { before, others }: Origin,
  verdicts: Verdicts,
): Standing | undefined {
  const own = before && verdictOn(before, verdicts)
  if (!own && others.length === 0) return undefined
  const core = new Set(coreOf(found.members))
  const brought = broughtBy(others, core, verdicts)
  // What was said of the ring that its accounts were in meanwhile is said of them.
  const isOverruled = before?.status !== 'active' && own && brought && olderFirst(own, brought) < 0
  if (own && !isOverruled) {
    const known = before.head.verdict
    const isOpen = known?.decision === own.id && !known.holds
    return standing(own, !isOpen && holdsFor(own, core))
  }
  return brought && standing(brought, true)
}

/** The newest that goes with the accounts it was made on. */
const broughtBy = (
  others: readonly Ring[],
  core: ReadonlySet<string>,
  verdicts: Verdicts,
): Decision | undefined =>
  others
    .flatMap((ring) => {
      const isHeld = ring.head.verdict?.holds !== false
      return (isHeld && verdictOn(ring, verdicts)) || []
    })
    .filter((decision) => isMadeOf(decision, core) && isMostOf(decision, core))
    .toSorted(olderFirst)
    .at(-1)

const standing = ({ id, verdict, expiresAt }: Decision, holds: boolean): Standing => ({
  decision: id,
  verdict,
  holds,
  ...(expiresAt !== undefined && { expiresAt }),
})

const common = ({ core: judged }: Decision, core: ReadonlySet<string>): number =>
  judged.filter((account) => core.has(account)).length

const isMadeOf = (decision: Decision, core: ReadonlySet<string>): boolean =>
  common(decision, core) >= judgedMin * decision.core.length

const isMostOf = (decision: Decision, core: ReadonlySet<string>): boolean =>
  common(decision, core) >= ofRingMin * core.size

/** A fraud ring that grows is one all the more; a family that doubles is another matter. */
const holdsFor = (decision: Decision, core: ReadonlySet<string>): boolean =>
  isMadeOf(decision, core) && (decision.verdict === 'confirm' || isMostOf(decision, core))

/** The ring as it is published under a verdict. */
export function obey(found: FoundRing, standing: Standing | undefined, verdicts: Verdicts): FoundRing {
  if (!standing) return found
  const head = { ...found.head, verdict: standing }
  if (!standing.holds) return { ...found, head }
  if (standing.verdict === 'benign') return asBenign({ ...found, head })
  const isSuspect = head.class === 'fraud_ring' || head.class === 'takeover_cluster'
  if (isSuspect) return { ...found, head }
  const { subtype: _, ...suspect } = head
  const seen = verdicts.byId.get(standing.decision)?.class
  return { ...found, head: { ...suspect, class: seen === 'takeover_cluster' ? seen : 'fraud_ring' } }
}

/** The most that is published of whoever is not for review. */
export const suspectMax = reviewMin - 1e-6

/** Nobody in it is for review, and nobody is acted on. */
export const asBenign = ({ head, members, ...found }: FoundRing): FoundRing => ({
  ...found,
  head: { ...head, class: 'benign_shared', risk: Math.min(head.risk, suspectMax) },
  members: members.map(
    (member): Member => ({
      ...member,
      role: shownAs[member.role],
      risk: Math.min(member.risk, suspectMax),
      compromise: Math.min(member.compromise, suspectMax),
      flagged: false,
    }),
  ),
})

const shownAs = {
  victim: 'associate',
  receiver: 'associate',
  core: 'associate',
  bridge: 'associate',
  associate: 'associate',
  bystander: 'bystander',
} satisfies Record<Role, Role>
