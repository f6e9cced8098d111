/** Delivers dead letters again. What is taken now is no longer dead; what is refused again stays. */
import type { Label, StoredEvent } from '../graph/model.ts'
import type { DeadLetter, DeadLetterStore } from '../graph/ports.ts'
import { type IngestServices, ingestEvents, ingestLabels, type Line, type LineResult } from './ingest.ts'

export interface ReplayServices extends IngestServices {
  readonly letters: Pick<DeadLetterStore, 'deadLetters' | 'dropDeadLetters'>
  readonly unseal: (sealed: Uint8Array) => Uint8Array
  /** Told which letters are about to be opened. */
  readonly opening: (ids: readonly string[]) => Promise<void>
}

export interface ReplayOptions {
  /** Which to replay; `undefined` means all. */
  readonly ids?: readonly string[]
  readonly event: (bytes: Uint8Array) => Line<StoredEvent>
  readonly label: (bytes: Uint8Array) => Line<Label>
}

export interface ReplayCounts {
  readonly replayed: number
  readonly stillRejected: number
  readonly notReplayable: number
}

const pageSize = 500

export async function replayDeadLetters(
  services: ReplayServices,
  options: ReplayOptions,
): Promise<ReplayCounts> {
  const counts = { replayed: 0, stillRejected: 0, notReplayable: 0 }
  const wanted = options.ids && new Set(options.ids)
  let after: string | undefined
  while (true) {
    const page = await services.letters.deadLetters({
      limit: pageSize,
      sealed: true,
      ...(after && { after }),
    })
    if (page.length === 0) return counts
    const opened = page.filter(({ id, sealed }) => sealed && (wanted?.has(id) ?? true)).map(({ id }) => id)
    if (opened.length > 0) await services.opening(opened)
    for (const letter of page) {
      const outcome = (wanted?.has(letter.id) ?? true) ? await replay(services, letter, options) : undefined
      if (outcome) counts[outcome] += 1
      // A letter that was taken is gone, so the next page starts behind the last that stays.
      if (outcome !== 'replayed') after = letter.id
    }
  }
}

async function replay(
  services: ReplayServices,
  letter: DeadLetter,
  { event, label }: ReplayOptions,
): Promise<keyof ReplayCounts> {
  if (!letter.sealed) return 'notReplayable'
  const bytes = services.unseal(letter.sealed)
  // A second refusal must not bury the line a second time.
  const quiet: IngestServices = { ...services, store: { ...services.store, bury: async () => {} } }
  const results: readonly LineResult[] =
    letter.stream === 'events'
      ? await ingestEvents(quiet, letter.source, [event(bytes)])
      : await ingestLabels(quiet, letter.source, [label(bytes)])
  if (results.some(({ status }) => status === 'rejected')) return 'stillRejected'
  await services.letters.dropDeadLetters([letter.id])
  return 'replayed'
}
