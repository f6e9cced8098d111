/** What an investigator should look at first: the harm that a look is expected to prevent, by the minute it takes. */
import { reviewMin } from '../judging/thresholds.ts'
import { type Decision, type Ring, type RingClass, type RingHead, ringClasses } from '../ring.ts'
import { compareText } from '../state/order.ts'
import { liveVerdicts, type Verdicts, verdictOn } from './lineage/standing.ts'

export interface QueueFigures {
  /** Accounts for review and above: how many of them are expected to take part, and to be in other hands. */
  readonly participants: number
  readonly taken: number
  readonly suspects: number
  readonly flagged: number
  /** Unlike any group known to be honest, which is all that speaks against it (judging/surprise.ts). */
  readonly isStrange: boolean
  /** Of an investigator. */
  readonly minutes: number
  /** Expected participants and taken accounts by the minute. */
  readonly perMinute: number
}

export interface QueueEntry extends QueueFigures {
  readonly ring: Ring
}

/** What decides whether a ring is in the queue, and where. */
export interface Queueable extends QueueFigures {
  readonly ring: Pick<Ring, 'id'> & { readonly head: Pick<RingHead, 'class' | 'verdict'> }
}

/** What a look costs: to open it, and each account; beyond so many accounts are looked at by samples. */
const minutesPerRing = 3
const minutesPerAccount = 0.5
const lookedAtMax = 40

/** Groups that nobody is suspected in are not looked at, unless nothing honest is like them: those come last. */
export const queuedClasses: readonly RingClass[] = ringClasses.filter((name) => name !== 'benign_shared')

/** Without rings on which a verdict holds, or was made since they were published, at `asOf`. Best first. */
export const queueOf = (
  rings: readonly Ring[],
  decisions: readonly Decision[],
  asOf?: number,
): readonly QueueEntry[] => queued(rings.map(queueEntryOf), decisions, asOf)

export function queued<Entry extends Queueable>(
  entries: readonly Entry[],
  decisions: readonly Decision[],
  asOf?: number,
): readonly Entry[] {
  const verdicts = liveVerdicts(decisions, asOf)
  return entries
    .filter(({ ring }) => queuedClasses.includes(ring.head.class) && !isDecided(ring, verdicts))
    .filter(({ suspects, isStrange }) => suspects > 0 || isStrange)
    .toSorted((a, b) => b.perMinute - a.perMinute || compareText(a.ring.id, b.ring.id))
}

function isDecided(ring: Queueable['ring'], verdicts: Verdicts): boolean {
  const { verdict } = ring.head
  const decision = verdictOn(ring, verdicts)
  return decision !== undefined && (decision.id !== verdict?.decision || verdict.holds)
}

/** What a look at a ring is expected to bring, whoever looked before. */
export const queueEntryOf = (ring: Ring): QueueEntry => ({ ring, ...queueFiguresOf(ring) })

export function queueFiguresOf({ head, members }: Pick<Ring, 'head' | 'members'>): QueueFigures {
  const suspects = members.filter(({ risk, compromise }) => risk + compromise >= reviewMin)
  const participants = suspects.reduce((sum, { risk }) => sum + risk, 0)
  const taken = suspects.reduce((sum, { compromise }) => sum + compromise, 0)
  const minutes = minutesPerRing + minutesPerAccount * Math.min(lookedAtMax, members.length)
  return {
    participants,
    taken,
    suspects: suspects.length,
    flagged: members.filter(({ flagged }) => flagged).length,
    isStrange: head.reasons.some(({ code }) => code === 'unlike_honest'),
    minutes,
    perMinute: (participants + taken) / minutes,
  }
}
