/** Statements on watched identifiers. */
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
  noteHits: statement<{ notes: number; rows: readonly { id: string; properties: Properties }[] }>(
    'tripwires/note',
  ),
}
