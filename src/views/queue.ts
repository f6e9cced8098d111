/** The investigators' queue as programs and people read it. */
import type { ReadingStore, RingFilter } from '../../graph/ports.ts'
import type { Decision, DetectionRun, Ring } from '../../graph/ring.ts'
import { type QueueEntry, queuedClasses, queueEntryOf, queueOf } from '../../graph/rings/queue.ts'
import { ringView } from './rings.ts'

/** By who looks after a ring. */
export type Owned = { readonly [Name in 'owner' | 'isOwned']?: RingFilter[Name] | undefined }

/** Every ring worth a look, best first. */
export async function readQueue(
  store: Pick<ReadingStore, 'rings' | 'decisions' | 'published'>,
  { owner, isOwned }: Owned = {},
): Promise<readonly QueueEntry[]> {
  const owned = { ...(owner !== undefined && { owner }), ...(isOwned !== undefined && { isOwned }) }
  const [run, decisions] = await Promise.all([store.published(), store.decisions({})])
  return queuedBy(store, { decisions, run }, owned)
}

async function queuedBy(
  store: Pick<ReadingStore, 'rings'>,
  { decisions, run }: { decisions: readonly Decision[]; run: DetectionRun | undefined },
  owned: RingFilter = {},
): Promise<readonly QueueEntry[]> {
  const rings = await Promise.all(
    queuedClasses.map((name) => store.rings({ ...owned, status: 'active', class: name })),
  )
  return queueOf(rings.flat(), decisions, run?.asOf)
}

export const queueView = (entry: QueueEntry) => ({ ...ringView(entry.ring), ...figuresView(entry) })

const figuresView = (entry: QueueEntry) => ({
  expectedParticipants: rounded(entry.participants),
  expectedTaken: rounded(entry.taken),
  minutes: Math.round(entry.minutes),
  perMinute: rounded(entry.perMinute),
  why: queueWords(entry),
})

/** What a row of the queue tells besides its ring. */
export const queueFigures = (ring: Ring) => figuresView(queueEntryOf(ring))

const rounded = (value: number): number => Math.round(value * 100) / 100

/** Why it stands where it stands, in a sentence. */
export function queueWords(entry: QueueEntry): string {
  const { ring, participants, taken, suspects, flagged, minutes } = entry
  const size = ring.members.length
  if (suspects === 0)
    return `unlike any group known to be honest; none of its ${size} accounts is suspected; some ${Math.round(minutes)} minutes`
  const parts = [
    ...(participants >= 0.5 ? [`${about(participants)} of ${size} accounts likely take part`] : []),
    ...(taken >= 0.5 ? [`${about(taken)} likely ${about(taken) === 1 ? 'is' : 'are'} in other hands`] : []),
  ]
  const who = parts.length > 0 ? parts.join(', ') : `perhaps one of ${size} accounts takes part`
  const acted = flagged === 0 ? 'none is flagged yet' : `${flagged} ${flagged === 1 ? 'is' : 'are'} flagged`
  return `${who}; ${acted}; some ${Math.round(minutes)} minutes`
}

const about = (expected: number): number => Math.max(1, Math.round(expected))
