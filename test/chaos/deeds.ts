/** What the ingesting process does, said once for it and for those who check: all of it follows from a number. */
import fc from 'fast-check'
import type { StoredEvent } from '../../graph/model.ts'
import type { FoundRing } from '../../graph/ring.ts'
import { storedEvent } from '../support/core/arbitraries.ts'
import { type Published, publicationsOf } from '../support/core/publications.ts'
import { randomOf } from '../support/random.ts'

/** Made once, because a process that spends its time making events is not killed while it stores them. */
const pool = fc.sample(storedEvent, { seed: 1, numRuns: 300 })

/** Every event names its batch, so that a log tells which batches are in it, and how much of them. */
export function batchOf(number: number): readonly StoredEvent[] {
  const random = randomOf(number)
  return Array.from({ length: 100 + Math.floor(random() * 200) }, (_, i) => {
    const event = pool[Math.floor(random() * pool.length)]
    if (!event) throw new Error('The pool is empty')
    return { ...event, id: `${number}.${i}`, at: event.at + Math.floor(random() * 3) * 3_600_000 }
  })
}

export const batchNumberOf = (eventId: string): number => Number(eventId.split('.')[0])

/** The publications up to a version. */
export const publishedUpTo = (version: number): Published | undefined =>
  publicationsOf(Array.from({ length: version }, (_, i) => ringsOf(i + 1))).at(-1)

/** Three of four rings are there at a time, and their figures tell the version. */
function ringsOf(version: number): ReadonlyMap<string, FoundRing> {
  const places = [0, 1, 2, 3].filter((place) => place !== version % 4)
  return new Map(places.map((place) => [`ring_${place}`, ringOf(place, version)]))
}

const ringOf = (place: number, version: number): FoundRing => ({
  head: { class: 'uncertain', risk: version / 1e6, firstSeen: 1, lastSeen: 2, topEvidence: [], reasons: [] },
  members: Array.from({ length: 50 + (version % 3) }, (_, i) => ({
    account: `account ${place}.${String(i).padStart(2, '0')}`,
    role: 'core',
    membership: 1,
    risk: version / 1e6,
    compromise: 0,
    flagged: true,
    reasons: [],
  })),
})
