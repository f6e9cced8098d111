/** Wakes whoever waits for the feed to go on. However many wait, the store is looked at once a turn. */

import { placeText } from '../../graph/feed/place.ts'
import type { ReadingStore } from '../../graph/ports.ts'

export interface FeedTail {
  /** Grows whenever the feed was seen to have gone on. */
  turn(): number
  /**
   * Resolves once the feed went on after `turn`, when the time is up, or when `signal` aborts. Ask for the turn
   * before reading: what comes while you read then wakes you.
   */
  after(turn: number, options: { ms: number; signal: AbortSignal }): Promise<void>
}

export function feedTail(
  store: Pick<ReadingStore, 'feedEnd'>,
  { lookEveryMs = 250 }: { lookEveryMs?: number } = {},
): FeedTail {
  const waiting = new Set<() => void>()
  let turns = 0
  let seen: string | undefined
  let looking: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    const end = placeText(await store.feedEnd())
    if (end === seen) return
    seen = end
    turns += 1
    for (const wake of waiting) wake()
  }

  /** One look after the other, as long as anybody waits. A store that is away is asked again. */
  function lookOn(): void {
    looking ??= setTimeout(() => {
      void look()
        .catch(() => {})
        .then(() => {
          looking = undefined
          if (waiting.size > 0) lookOn()
        })
    }, lookEveryMs)
  }

  return {
    turn: () => turns,
    async after(turn, { ms, signal }) {
      if (turns > turn || signal.aborted) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, ms)
      signal.addEventListener('abort', () => resolve(), { once: true })
      waiting.add(resolve)
      lookOn()
      await promise
      waiting.delete(resolve)
      clearTimeout(timer)
    },
  }
}
