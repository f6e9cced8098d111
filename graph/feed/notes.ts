/** What happens between publishes, numbered through in the order in which it was noted. */
import type { NotedAssignment } from '../owners.ts'
import type { NotedHit } from '../tripwires/tripwire.ts'

export type Note = NotedHit | NotedAssignment

export interface NoteStore {
  /** In order; `after` is a number, or a publish: those noted while it was the newest, or later. */
  notes(options: {
    after?: { readonly note: number } | { readonly version: number }
    ring?: string
    limit: number
  }): Promise<readonly Note[]>
  /** The place after everything: the newest publish, and the number of the newest note; both 0 at first. */
  feedEnd(): Promise<{ readonly version: number; readonly note: number }>
}
