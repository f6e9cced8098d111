/** The investigators' queue as programs and people read it. */
import type { ReadingStore } from '../../graph/ports.ts'
import { type QueueEntry, queuedClasses, queueOf } from '../../graph/rings/queue.ts'
import { ringView } from './rings.ts'

/** Every ring worth a look, best first. */
export async function readQueue(
  store: Pick<ReadingStore, 'rings' | 'decisions'>,
): Promise<readonly QueueEntry[]> {
  const [decisions, ...rings] = await Promise.all([
    store.decisions({}),
    ...queuedClasses.map((name) => store.rings({ status: 'active', class: name })),
  ])
  return queueOf(rings.flat(), decisions)
}

export const queueView = (entry: QueueEntry) => ({
  ...ringView(entry.ring),
  expectedParticipants: rounded(entry.participants),
  expectedTaken: rounded(entry.taken),
  minutes: Math.round(entry.minutes),
  perMinute: rounded(entry.perMinute),
  why: queueWords(entry),
})

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
