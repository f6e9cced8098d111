/**
 * Which events the log holds, to tell repeats from news. Keys come in no order, and each put into its table alone would
 * dirty a page of it: those of the newest events are kept in memory, and go into the table together and sorted.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { EventText } from '../../event-text.ts'
import { metaTable } from './meta.ts'

export type EventKey = Omit<EventText, 'body'>

/** Of one id, newest first. */
interface Kept {
  readonly content: string
  readonly tables: number
  readonly before: Kept | undefined
}

export function eventKeys(db: DatabaseSync) {
  const meta = metaTable(db)
  const settled = db.prepare(
    'SELECT id, content, tables FROM event_key WHERE id IN (SELECT value FROM json_each(?))',
  )
  const unsettled = db.prepare('SELECT seq, id, content, tables FROM event WHERE seq > ? ORDER BY seq')
  const settle = db.prepare(
    'INSERT INTO event_key SELECT id, content, tables FROM event WHERE seq > ? ORDER BY id, content, tables',
  )
  const last = db.prepare('SELECT max(seq) AS seq FROM event')
  const lastSeq = (): number => Number(last.get()?.['seq'] ?? 0)
  let kept = new Map<string, Kept>()
  let keptOf = { after: 0, upTo: 0 }

  /** Reads again what is not in the table, unless it is what is kept: after opening, and when a change was undone. */
  function refresh(): void {
    const now = { after: meta.number('keyed_seq'), upTo: lastSeq() }
    if (keptOf.after === now.after && keptOf.upTo === now.upTo) return
    kept = new Map()
    keptOf = { after: now.after, upTo: now.after }
    for (const row of unsettled.iterate(now.after)) add(Number(row['seq']), row as unknown as EventKey)
  }

  function add(seq: number, { id, content, tables }: EventKey): void {
    kept.set(id, { content, tables, before: kept.get(id) })
    keptOf.upTo = seq
  }

  return {
    lastSeq,

    /** What was known of an event before; follows what is added. */
    knownOf(ids: readonly string[]): (id: string) => readonly Omit<EventKey, 'id'>[] {
      refresh()
      const rows = settled.all(JSON.stringify(ids)) as unknown as EventKey[]
      const rowsById = Map.groupBy(rows, ({ id }) => id)
      return (id) => {
        const known: Omit<EventKey, 'id'>[] = [...(rowsById.get(id) ?? [])]
        for (let one = kept.get(id); one; one = one.before) known.push(one)
        return known
      }
    },

    add,

    /** Puts what is kept into the table, if it is so many. Runs inside the caller's transaction, as does all that is added. */
    settle(atLeast: number): void {
      refresh()
      if (keptOf.upTo - keptOf.after < atLeast) return
      settle.run(keptOf.after)
      meta.set('keyed_seq', keptOf.upTo)
      kept = new Map()
      keptOf = { after: keptOf.upTo, upTo: keptOf.upTo }
    },
  }
}
