/** Events, labels and the like as tests write them: what a test leaves out is ordinary. */
import type { IdentifierState, Label, SeenIdentifier, StoredEvent } from '../../../graph/model.ts'

export const noon = Date.UTC(2026, 4, 2, 12)

/** The content differs with every field, as a hash of all the customer sent does. */
export function eventOf(given: Partial<StoredEvent> & Pick<StoredEvent, 'id'>): StoredEvent {
  const event = {
    tables: 0,
    type: 'login' as const,
    outcome: 'success' as const,
    at: noon,
    account: 'ada',
    identifiers: [],
    relations: [],
    ...given,
  }
  return { content: JSON.stringify(event), ...event }
}

export const seen = (kind: string, ref: string, more: Partial<SeenIdentifier> = {}): SeenIdentifier => ({
  kind,
  ref,
  mask: `${kind} ${ref}`,
  ...more,
})

export const labelOf = (given: Partial<Label> = {}): Label => ({
  account: 'ada',
  label: 'fraud',
  source: 'review',
  at: noon,
  ...given,
})

/** A case of test/cases: what was delivered, and what must then be stored of these accounts and identifiers. */
export interface StateCase {
  readonly name: string
  readonly events: readonly StoredEvent[]
  readonly labels: readonly Label[]
  readonly accounts: readonly { readonly account: string }[]
  readonly identifiers: readonly Pick<IdentifierState, 'kind' | 'ref'>[]
}

interface WrittenCase extends Partial<Omit<StateCase, 'events' | 'labels'>> {
  readonly name: string
  readonly events?: readonly (Partial<StoredEvent> & { readonly id: string })[]
  readonly labels?: readonly Partial<Label>[]
}

/** Case files write times as ISO text: an instant becomes milliseconds, a date its day number. */
export const readCases = (json: string): readonly StateCase[] =>
  (JSON.parse(json, (_, value: unknown) => timeOf(value)) as readonly WrittenCase[]).map((written) => ({
    accounts: [],
    identifiers: [],
    ...written,
    events: (written.events ?? []).map(eventOf),
    labels: (written.labels ?? []).map(labelOf),
  }))

function timeOf(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(value)) return value
  return value.includes('T') ? Date.parse(value) : Date.parse(value) / 86_400_000
}
