/** Which events of a batch the store refuses for what they are: halves what fails until each culprit is alone. */
import type { StoredEvent } from '../../../../graph/model.ts'

export interface Culprit {
  readonly event: StoredEvent
  readonly error: Error
}

export interface Trial {
  readonly record: (events: readonly StoredEvent[]) => Promise<unknown>
  /** Whether the store joined other events lately. */
  readonly takesOthers: () => boolean
  readonly stopping: AbortSignal
}

/** So many that fail while the store takes nothing are enough to know whose fault it is. */
const triesMax = 8

/** Joins all the others. Throws the store's failure when nothing shows that these events alone are to blame. */
export async function culpritsOf(
  events: readonly StoredEvent[],
  { record, takesOthers, stopping }: Trial,
): Promise<readonly Culprit[]> {
  const culprits: Culprit[] = []

  async function search(part: readonly StoredEvent[]): Promise<void> {
    try {
      await record(part)
    } catch (failure) {
      stopping.throwIfAborted()
      const [event] = part
      if (part.length > 1) {
        const half = Math.ceil(part.length / 2)
        await search(part.slice(0, half))
        await search(part.slice(half))
      } else if (event) {
        const error = failure instanceof Error ? failure : new Error(String(failure))
        culprits.push({ event, error })
        if (culprits.length >= triesMax && !takesOthers()) throw error
      }
    }
  }

  await search(events)
  const [first] = culprits
  if (first && !takesOthers()) throw first.error
  return culprits
}
