/** Small states in memory for tests of the core: what happened in, what a detection reads out. */
import type { EventType, Label, StoredEvent } from '../../../graph/model.ts'
import { type MemoryState, memoryState } from '../../../src/cli/board/memory-state.ts'

export const day = 86_400_000
export const start = Date.UTC(2026, 0, 1)

let eventNumber = 0

/** One event of an account with identifiers written `kind:ref`. */
export function seen(
  account: string,
  identifiers: readonly string[],
  more: Partial<Omit<StoredEvent, 'account' | 'identifiers'>> & { type?: EventType } = {},
): StoredEvent {
  eventNumber += 1
  return {
    id: `event${eventNumber}`,
    content: `content${eventNumber}`,
    tables: 0,
    type: 'login',
    outcome: 'success',
    at: start,
    relations: [],
    ...more,
    account,
    identifiers: identifiers.map((text) => {
      const [kind = '', ref = ''] = text.split(':')
      return { kind, ref, mask: '' }
    }),
  }
}

/** These events and labels, joined in memory. */
export function stateOf(events: readonly StoredEvent[], labels: readonly Label[] = []): MemoryState {
  const state = memoryState()
  state.record(events)
  for (const label of labels) state.label(label)
  return state
}
