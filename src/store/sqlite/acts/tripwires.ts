/** Watched identifiers and who came with them, in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { StoredEvent } from '../../../../graph/model.ts'
import {
  hitId,
  hitsOf,
  type Tripwire,
  type WireIndex,
  wireIndex,
} from '../../../../graph/tripwires/tripwire.ts'
import { transaction } from '../database.ts'
import { type Meta, metaTable } from '../meta.ts'
import { noteWriter } from './notes.ts'

export function tripwireReader(db: DatabaseSync) {
  const meta = metaTable(db)
  const all = db.prepare('SELECT body FROM tripwire ORDER BY id')
  return {
    tripwires(unless?: number) {
      const changes = meta.number('tripwire_changes')
      if (changes === unless) return undefined
      return { changes, tripwires: all.all().map((row) => JSON.parse(String(row['body'])) as Tripwire) }
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
  const { put } = noteWriter(db)
  let known: { readonly changes: number; readonly wires: WireIndex } | undefined
  return (events) => {
    if (meta.number('tripwire_changes') === 0) return
    const news = reader.tripwires(known?.changes)
    if (news) known = { changes: news.changes, wires: wireIndex(news.tripwires) }
    for (const hit of hitsOf(events, known?.wires ?? new Map())) {
      if (hit.ring !== undefined && isMember.get(hit.ring, hit.account)) continue
      put(hitId(hit), hit)
    }
  }
}
