/** What happens between publishes, in the order of the feed, in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { Note, NoteStore } from '../../../../graph/feed/notes.ts'
import type { Assignment } from '../../../../graph/owners.ts'
import type { TripwireHit } from '../../../../graph/tripwires/tripwire.ts'

export function noteReader(db: DatabaseSync) {
  const notes = db.prepare(
    'SELECT note, version, body FROM feed_note WHERE note > ?1 AND version >= ?2 AND (?3 IS NULL OR ring = ?3) ORDER BY note LIMIT ?4',
  )
  const end = db.prepare(
    'SELECT coalesce((SELECT max(version) FROM run), 0) AS version, coalesce((SELECT max(note) FROM feed_note), 0) AS note',
  )
  return {
    notes({ after, ring, limit }: Parameters<NoteStore['notes']>[0]): readonly Note[] {
      const note = after && 'note' in after ? after.note : 0
      const version = after && 'version' in after ? after.version : 0
      return notes.all(note, version, ring ?? null, limit).map((row) => ({
        ...(JSON.parse(String(row['body'])) as TripwireHit | Assignment),
        version: Number(row['version']),
        note: Number(row['note']),
      }))
    },
    end(): { version: number; note: number } {
      const row = end.get()
      return { version: Number(row?.['version']), note: Number(row?.['note']) }
    },
  }
}

export function noteWriter(db: DatabaseSync) {
  const put = db.prepare(
    'INSERT OR IGNORE INTO feed_note (id, version, ring, body) SELECT ?, coalesce(max(version), 0), ?, ? FROM run',
  )
  return {
    /** Told once, at the newest publish. */
    put: (id: string, note: TripwireHit | Assignment): void =>
      void put.run(id, note.ring ?? null, JSON.stringify(note)),
  }
}
