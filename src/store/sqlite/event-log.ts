/** The append-only log of accepted events, and how far it is folded into the state. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Receipt } from '../../../graph/ports.ts'

export type EventLog = ReturnType<typeof eventLog>

/** What stands after one place and up to another, in batches of `limit`. */
export interface LogPart {
  readonly after: number
  readonly upTo: number
  readonly limit: number
}

export function eventLog(db: DatabaseSync) {
  const known = db.prepare('SELECT content, tables FROM event WHERE id = ?')
  const insert = db.prepare('INSERT INTO event (id, content, tables, body) VALUES (?, ?, ?, ?)')
  const page = db.prepare('SELECT seq, body FROM event WHERE seq > ? ORDER BY seq LIMIT ?')
  const part = 'SELECT body FROM event WHERE seq > ? AND seq <= ?'
  const inOrder = db.prepare(`${part} ORDER BY seq`)
  const byAccount = db.prepare(`${part} ORDER BY body ->> '$.account'`)
  const last = db.prepare('SELECT max(seq) AS seq FROM event')

  return {
    /** Appends what is new. Runs inside the caller's transaction. */
    append(event: StoredEvent): Receipt {
      const rows = known.all(event.id) as unknown as Pick<StoredEvent, 'content' | 'tables'>[]
      const same = rows.filter(({ content }) => content === event.content)
      // The same event looked up in other tables may carry other facts, so it too must reach the state.
      if (!same.some(({ tables }) => tables === event.tables)) {
        insert.run(event.id, event.content, event.tables, JSON.stringify(event))
      }
      if (same.length > 0) return 'duplicate'
      return rows.length > 0 ? 'conflict' : 'accepted'
    },

    after(seq: number, limit: number): { events: readonly StoredEvent[]; upTo: number } {
      const rows = page.all(seq, limit) as unknown as { seq: number; body: string }[]
      return {
        events: rows.map(({ body }) => JSON.parse(body) as StoredEvent),
        upTo: rows.at(-1)?.seq ?? seq,
      }
    },

    inOrder: (part: LogPart) => batches(inOrder, part),

    /** What an account did is together. */
    byAccount: (part: LogPart) => batches(byAccount, part),

    lastSeq: (): number => Number(last.get()?.['seq'] ?? 0),
  }
}

function* batches(
  statement: StatementSync,
  { after, upTo, limit }: LogPart,
): Generator<readonly StoredEvent[]> {
  let events: StoredEvent[] = []
  for (const row of statement.iterate(after, upTo)) {
    events.push(JSON.parse(String(row['body'])) as StoredEvent)
    if (events.length < limit) continue
    yield events
    events = []
  }
  if (events.length > 0) yield events
}
