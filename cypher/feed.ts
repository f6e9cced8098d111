/** Statements on what happens between publishes, and on the end of the feed. */
import type { Properties } from './state.ts'
import { type None, statement } from './statement.ts'

export const feed = {
  feedEnd: statement<None, { version: number; note: number }>('feed/end'),
  notes: statement<
    { note: number; version: number; ring: string | null; limit: number },
    { note: number; version: number; body: string }
  >('feed/notes'),
  noteAssignment: statement<{ note: number; id: string; properties: Properties }>('feed/note-assignment'),
}
