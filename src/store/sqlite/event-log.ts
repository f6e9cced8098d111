/** The append-only log of accepted events, and how far it is folded into the state. */
import type { DatabaseSync } from 'node:sqlite'
import type { StoredEvent } from '../../../graph/model.ts'
import type { Receipt } from '../../../graph/ports.ts'
import type { EventText } from '../../event-text.ts'
import { prepareCells } from './database.ts'
import { eventKeys } from './event-keys.ts'

export type EventLog = ReturnType<typeof eventLog>

/** What stands after one place and up to another, in batches of `limit`. */
export interface LogPart {
  readonly after: number
  readonly upTo: number
  readonly limit: number
}

/** Events whose keys are kept in memory at most, some 230 bytes each. */
const keysKeptMax = 500_000

export function eventLog(db: DatabaseSync) {
  const keys = eventKeys(db)
  const { insert, page, inOrder, byAccount, at } = statementsOf(db)

  return {
    /** Appends what is new; a receipt an event. Runs inside the caller's transaction. */
    append(events: readonly EventText[]): readonly Receipt[] {
      const knownOf = keys.knownOf(events.map(({ id }) => id))
      const receipts = events.map((event): Receipt => {
        const { id, content, tables, body } = event
        const known = knownOf(id)
        const same = known.filter((one) => one.content === content)
        // The same event looked up in other tables may carry other facts, so it too must reach the state.
        if (!same.some((one) => one.tables === tables))
          keys.add(Number(insert.run(id, content, tables, body).lastInsertRowid), event)
        if (same.length > 0) return 'duplicate'
        return known.length > 0 ? 'conflict' : 'accepted'
      })
      keys.settle(keysKeptMax)
      return receipts
    },

    /** For whoever joins events: what is known of them need not be kept in memory. */
    settleKeys: () => keys.settle(1),

    after(seq: number, limit: number): { events: readonly StoredEvent[]; upTo: number } {
      const rows = page.all(seq, limit)
      return { events: rows.map(eventIn), upTo: rows.at(-1)?.[1] ?? seq }
    },

    *inOrder({ after, upTo, limit }: LogPart): Generator<readonly StoredEvent[]> {
      for (const rows of batches(inOrder.iterate(after, upTo), limit)) yield rows.map(eventIn)
    },

    /** What an account did is together; of one batch in no order, which a fold does not look at. */
    *byAccount({ after, upTo, limit }: LogPart): Generator<readonly StoredEvent[]> {
      for (const places of batches(byAccount.iterate(after, upTo), limit)) {
        const rows = at.all(JSON.stringify(places.flat()))
        yield rows.map(eventIn)
      }
    },

    lastSeq: keys.lastSeq,
  }
}

function statementsOf(db: DatabaseSync) {
  const insert = db.prepare('INSERT INTO event (id, content, tables, body) VALUES (?, ?, ?, ?)')
  const page = prepareCells<[body: string, seq: number]>(
    db,
    'SELECT body, seq FROM event WHERE seq > ? ORDER BY seq LIMIT ?',
  )
  const inOrder = prepareCells<BodyCells>(
    db,
    'SELECT body FROM event WHERE seq > ? AND seq <= ? ORDER BY seq',
  )
  // Places are sorted and not what stands there, for which SQLite would need memory as large as all of it.
  const byAccount = prepareCells<[seq: number]>(
    db,
    "SELECT seq FROM event WHERE seq > ? AND seq <= ? ORDER BY body ->> '$.account', seq",
  )
  // One by one they would take three times as long.
  const at = prepareCells<BodyCells>(
    db,
    'SELECT event.body FROM json_each(?) AS place CROSS JOIN event ON event.seq = place.value',
  )
  return { insert, page, inOrder, byAccount, at }
}

type BodyCells = readonly [body: string, ...more: unknown[]]

const eventIn = ([body]: BodyCells): StoredEvent => JSON.parse(body) as StoredEvent

function* batches<Cells>(rows: Iterable<Cells>, limit: number): Generator<readonly Cells[]> {
  let batch: Cells[] = []
  for (const row of rows) {
    if (batch.push(row) < limit) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
