/** Requests that clients name, in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { KnownRequest, NamedRequest } from '../../../../graph/requests.ts'
import { transaction } from '../database.ts'

export function requestTable(db: DatabaseSync) {
  const known = db.prepare('SELECT content, answer FROM request WHERE id = ? AND until > ?')
  const begin = db.prepare('INSERT OR REPLACE INTO request VALUES (?, ?, ?, ?, NULL)')
  const end = db.prepare('UPDATE request SET answer = ?, until = ? WHERE id = ? AND claim = ?')
  const drop = db.prepare('DELETE FROM request WHERE id = ? AND claim = ?')
  const forget = db.prepare('DELETE FROM request WHERE until <= ?')
  const forgetMore = db.prepare(
    'DELETE FROM request WHERE id IN (SELECT id FROM request ORDER BY until DESC, id LIMIT -1 OFFSET ?)',
  )
  return {
    begin: ({ id, content, claim, until }: NamedRequest, now: number): KnownRequest | undefined =>
      transaction(db, () => {
        const row = known.get(id, now) as { content: string; answer: Uint8Array | null } | undefined
        if (row) return { content: row.content, ...(row.answer && { answer: row.answer }) }
        begin.run(id, content, claim, until)
        return undefined
      }),
    end: ({
      id,
      claim,
      until,
      answer,
    }: Pick<NamedRequest, 'id' | 'claim' | 'until'> & { answer: Uint8Array }) =>
      void end.run(answer, until, id, claim),
    drop: ({ id, claim }: Pick<NamedRequest, 'id' | 'claim'>) => void drop.run(id, claim),
    expire: ({ now, most }: { now: number; most: number }): number =>
      transaction(db, () => Number(forget.run(now).changes) + Number(forgetMore.run(most).changes)),
  }
}
