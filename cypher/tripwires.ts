/** Statements on watched identifiers, and on the end of the feed. */
import type { Properties } from './state.ts'
import { type None, statement } from './statement.ts'

export const tripwires = {
  saveTripwire: statement<{ id: string; properties: Properties }>('tripwires/save'),
  tripwireChanges: statement<None, { changes: number }>('tripwires/changes'),
  allTripwires: statement<None, { body: string }>('tripwires/all'),
  membersAmong: statement<
    { rows: readonly { ring: string; account: string }[] },
    { ring: string; account: string }
  >('tripwires/members'),
  notedAmong: statement<{ ids: readonly string[] }, { id: string }>('tripwires/noted'),
  feedEnd: statement<None, { version: number; note: number }>('tripwires/end'),
  noteHits: statement<{ notes: number; rows: readonly { id: string; properties: Properties }[] }>(
    'tripwires/note',
  ),
  hits: statement<
    { note: number; version: number; ring: string | null; limit: number },
    { note: number; version: number; body: string }
  >('tripwires/hits'),
}
