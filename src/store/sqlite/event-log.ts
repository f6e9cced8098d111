/** The append-only log of accepted events, and how far it is folded into the state. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Receipt } from '../../../graph/ports.ts'
import type { EventText } from '../../event-text.ts'

type KnownEvent = Omit<EventText, 'body'>

export type EventLog = ReturnType<typeof eventLog>

/** What stands after one place and up to another, in batches of `limit`. */
export interface LogPart {
  readonly after: number
  readonly upTo: number
  readonly limit: number
}

export function eventLog(db: DatabaseSync) {
  const known = db.prepare(
    'SELECT id, content, tables FROM event WHERE id IN (SELECT value FROM json_each(?))',
  )
  const insert = db.prepare('INSERT INTO event (id, content, tables, body) VALUES (?, ?, ?, ?)')
  const page = db.prepare('SELECT seq, body FROM event WHERE seq > ? ORDER BY seq LIMIT ?')
  const inOrder = db.prepare('SELECT body FROM event WHERE seq > ? AND seq <= ? ORDER BY seq')
  // Places are sorted and not what stands there, for which SQLite would need memory as large as all of it.
  const byAccount = db.prepare(
    "SELECT seq FROM event WHERE seq > ? AND seq <= ? ORDER BY body ->> '$.account', seq",
  )
  const at = db.prepare('SELECT body FROM event WHERE seq = ?')
  const last = db.prepare('SELECT max(seq) AS seq FROM event')

  function knownAs(events: readonly EventText[]): Map<string, KnownEvent[]> {
    const rows = known.all(JSON.stringify(events.map(({ id }) => id))) as unknown as KnownEvent[]
    return Map.groupBy(rows, ({ id }) => id)
  }

  return {
    /** Appends what is new; a receipt an event. Runs inside the caller's transaction. */
    append(events: readonly EventText[]): readonly Receipt[] {
      const knownById = knownAs(events)
      return events.map((event) => {
        const { id, content, tables, body } = event
        const rows = knownById.get(id) ?? []
        const same = rows.filter((row) => row.content === content)
        // The same event looked up in other tables may carry other facts, so it too must reach the state.
        if (!same.some((row) => row.tables === tables)) {
          insert.run(id, content, tables, body)
          knownById.set(id, [...rows, event])
        }
        if (same.length > 0) return 'duplicate'
        return rows.length > 0 ? 'conflict' : 'accepted'
      })
    },

    after(seq: number, limit: number): { events: readonly StoredEvent[]; upTo: number } {
      const rows = page.all(seq, limit) as unknown as { seq: number; body: string }[]
      return {
        events: rows.map(({ body }) => JSON.parse(body) as StoredEvent),
        upTo: rows.at(-1)?.seq ?? seq,
      }
    },

    inOrder: ({ after, upTo, limit }: LogPart) => batches(inOrder.iterate(after, upTo), limit),

    /** What an account did is together, in the order of the log. */
    byAccount: ({ after, upTo, limit }: LogPart) =>
      batches(standing(byAccount.iterate(after, upTo), at), limit),

    lastSeq: (): number => Number(last.get()?.['seq'] ?? 0),
  }
}

type Row = Record<string, unknown>

function* standing(places: Iterable<Row>, at: StatementSync): Generator<Row> {
  for (const { seq } of places) yield at.get(Number(seq)) ?? {}
}

function* batches(rows: Iterable<Row>, limit: number): Generator<readonly StoredEvent[]> {
  let events: StoredEvent[] = []
  for (const row of rows) {
    events.push(JSON.parse(String(row['body'])) as StoredEvent)
    if (events.length < limit) continue
    yield events
    events = []
  }
  if (events.length > 0) yield events
}
