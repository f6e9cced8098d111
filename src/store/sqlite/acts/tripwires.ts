/** Watched identifiers and who came with them, in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { StoredEvent } from '../../../../graph/model.ts'
import {
  hitId,
  hitsOf,
  type NotedHit,
  type Tripwire,
  type TripwireHit,
  type TripwireStore,
  type WireIndex,
  wireIndex,
} from '../../../../graph/tripwires/tripwire.ts'
import { transaction } from '../database.ts'
import { type Meta, metaTable } from '../meta.ts'

export function tripwireReader(db: DatabaseSync) {
  const meta = metaTable(db)
  const all = db.prepare('SELECT body FROM tripwire ORDER BY id')
  const hits = db.prepare(
    'SELECT note, version, body FROM tripwire_hit WHERE note > ?1 AND version >= ?2 AND (?3 IS NULL OR ring = ?3) ORDER BY note LIMIT ?4',
  )
  const end = db.prepare(
    'SELECT coalesce((SELECT max(version) FROM run), 0) AS version, coalesce((SELECT max(note) FROM tripwire_hit), 0) AS note',
  )
  return {
    tripwires(unless?: number) {
      const changes = meta.number('tripwire_changes')
      if (changes === unless) return undefined
      return { changes, tripwires: all.all().map((row) => JSON.parse(String(row['body'])) as Tripwire) }
    },
    hits({ after, ring, limit }: Parameters<TripwireStore['hits']>[0]): readonly NotedHit[] {
      const note = after && 'note' in after ? after.note : 0
      const version = after && 'version' in after ? after.version : 0
      return hits.all(note, version, ring ?? null, limit).map((row) => ({
        ...(JSON.parse(String(row['body'])) as TripwireHit),
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

export function tripwireWriter(db: DatabaseSync) {
  const meta = metaTable(db)
  return {
    save: (tripwire: Tripwire): void =>
      transaction(db, () => {
        db.prepare('INSERT OR REPLACE INTO tripwire VALUES (?, ?)').run(tripwire.id, JSON.stringify(tripwire))
        meta.set('tripwire_changes', meta.number('tripwire_changes') + 1)
      }),
  }
}

/** Notes who tripped what among events that are joined, in the caller's transaction. */
export function tripwireWatch(db: DatabaseSync, meta: Meta): (events: readonly StoredEvent[]) => void {
  const reader = tripwireReader(db)
  const isMember = db.prepare('SELECT 1 FROM member WHERE ring = ? AND account = ?')
  const put = db.prepare(
    'INSERT OR IGNORE INTO tripwire_hit (id, version, ring, body) SELECT ?, coalesce(max(version), 0), ?, ? FROM run',
  )
  let known: { readonly changes: number; readonly wires: WireIndex } | undefined
  return (events) => {
    if (meta.number('tripwire_changes') === 0) return
    const news = reader.tripwires(known?.changes)
    if (news) known = { changes: news.changes, wires: wireIndex(news.tripwires) }
    for (const hit of hitsOf(events, known?.wires ?? new Map())) {
      if (hit.ring !== undefined && isMember.get(hit.ring, hit.account)) continue
      put.run(hitId(hit), hit.ring ?? null, JSON.stringify(hit))
    }
  }
}
