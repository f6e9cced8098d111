/** The chain of what was done, in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { Act, AuditHead, AuditRow } from '../../../../graph/audit.ts'
import { actId, nextRow } from '../../../audit/chain.ts'
import { transaction } from '../database.ts'
import { metaTable } from '../meta.ts'

export function auditReader(db: DatabaseSync) {
  const rows = db.prepare('SELECT body FROM audit WHERE seq > ? ORDER BY seq LIMIT ?')
  const one = db.prepare('SELECT body FROM audit WHERE act = ?')
  return {
    rows: ({ after = 0, limit }: { after?: number; limit: number }): readonly AuditRow[] =>
      rows.all(after, limit).map((row) => JSON.parse(String(row['body'])) as AuditRow),
    row(act: string): AuditRow | undefined {
      const found = one.get(act)
      return found && (JSON.parse(String(found['body'])) as AuditRow)
    },
    head(): AuditHead | undefined {
      const text = metaTable(db).text('audit_head')
      return text === undefined ? undefined : (JSON.parse(text) as AuditHead)
    },
  }
}

export function auditWriter(db: DatabaseSync) {
  const reader = auditReader(db)
  const meta = metaTable(db)
  const put = db.prepare('INSERT OR IGNORE INTO audit VALUES (?, ?, ?)')

  function append(act: Act): void {
    const row = nextRow(act, reader.head())
    if (put.run(row.seq, actId(act), JSON.stringify(row)).changes === 0) return
    meta.set('audit_head', JSON.stringify({ seq: row.seq, hash: row.hash }))
  }

  return {
    note: (act: Act): void => transaction(db, () => append(act)),
    /** Both or neither; nothing is noted where nothing was done, or by nobody. */
    with: <T>(act: Act | undefined, work: () => T): T =>
      transaction(db, () => {
        const done = work()
        if (act && !isNothing(done)) append(act)
        return done
      }),
  }
}

/** What work answers that changed nothing: no, none, or that all was there already. */
const isNothing = (done: unknown): boolean =>
  done === false || done === 0 || (Array.isArray(done) && done.every((receipt) => receipt === 'duplicate'))
