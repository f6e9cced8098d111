/** What one writes first: a row an event, UNWIND, MERGE for everything. */
import neo4j from 'neo4j-driver'
import type { StoredEvent } from '../../graph/model.ts'
import { stateTypeOf } from '../../graph/state/fold.ts'
import { labelsOf } from '../../src/store/neo4j/labels.ts'

/**
 * Keeps the facts that we keep, for these events: an account's first and last time and days by type of event, with its
 * newest 32 happenings; labels, mask and tables of an identifier; first and last time, days and the newest 8 sightings
 * by session of a use. Repeats do no harm and order hardly does (a session may fill several of its places).
 */
export const exactStatement = {
  text: `UNWIND $rows AS row
MERGE (a:Account {id: row.account})
SET a[row.firstSeen] = CASE WHEN a[row.firstSeen] <= row.at THEN a[row.firstSeen] ELSE row.at END,
  a[row.lastSeen] = CASE WHEN a[row.lastSeen] >= row.at THEN a[row.lastSeen] ELSE row.at END,
  a[row.days] = CASE WHEN row.day IN a[row.days] THEN a[row.days] ELSE coalesce(a[row.days], []) + row.day END,
  a[row.recent] = CASE WHEN row.happening IN a[row.recent] THEN a[row.recent]
    ELSE COLLECT { UNWIND coalesce(a[row.recent], []) + row.happening AS h RETURN h ORDER BY h DESC LIMIT 32 } END
WITH a, row
UNWIND row.identifiers AS identifier
MERGE (i:Identifier {key: identifier.key})
ON CREATE SET i:$(identifier.labels), i.kind = identifier.kind, i.ref = identifier.ref, i.mask = identifier.mask,
  i.tables = identifier.tables
MERGE (a)-[u:USED {type: row.type}]->(i)
SET u.firstSeen = CASE WHEN u.firstSeen <= row.at THEN u.firstSeen ELSE row.at END,
  u.lastSeen = CASE WHEN u.lastSeen >= row.at THEN u.lastSeen ELSE row.at END,
  u.days = CASE WHEN row.day IN u.days THEN u.days ELSE coalesce(u.days, []) + row.day END,
  u.sessions = CASE WHEN row.session IN u.sessions THEN u.sessions
    ELSE COLLECT { UNWIND coalesce(u.sessions, []) + row.session AS s RETURN s ORDER BY s DESC LIMIT 8 } END`,
  rowOf: (event: StoredEvent) => {
    const type = stateTypeOf(event)
    const { at, account, id, outcome, amount = '', currency = '', session = '', tables } = event
    return {
      account,
      type,
      firstSeen: `${type}_firstSeen`,
      lastSeen: `${type}_lastSeen`,
      days: `${type}_days`,
      recent: `${type}_recent`,
      at: neo4j.int(at),
      day: dayOf(at),
      happening: [at, id, outcome, amount, currency].join(' '),
      session: `${at} ${session}`,
      identifiers: event.identifiers.map(({ kind, ref, mask }) => ({
        key: `${kind} ${ref}`,
        labels: labelsOf(kind),
        kind,
        ref,
        mask,
        tables: neo4j.int(tables),
      })),
    }
  },
}

/** Keeps less: an account's times and days over all types, no happenings, no labels and masks, sessions as they come. */
export const shortStatement = {
  text: `UNWIND $rows AS row
MERGE (a:Account {id: row.account})
ON CREATE SET a.firstSeen = row.at, a.lastSeen = row.at, a.days = [row.day]
ON MATCH SET a.firstSeen = CASE WHEN a.firstSeen > row.at THEN row.at ELSE a.firstSeen END,
  a.lastSeen = CASE WHEN a.lastSeen < row.at THEN row.at ELSE a.lastSeen END,
  a.days = CASE WHEN row.day IN a.days THEN a.days ELSE a.days + row.day END
WITH a, row
UNWIND row.identifiers AS identifier
MERGE (i:Identifier {key: identifier.key})
ON CREATE SET i.kind = identifier.kind, i.ref = identifier.ref
MERGE (a)-[u:USED {type: row.type}]->(i)
ON CREATE SET u.firstSeen = row.at, u.lastSeen = row.at, u.days = [row.day], u.sessions = [row.session]
ON MATCH SET u.firstSeen = CASE WHEN u.firstSeen > row.at THEN row.at ELSE u.firstSeen END,
  u.lastSeen = CASE WHEN u.lastSeen < row.at THEN row.at ELSE u.lastSeen END,
  u.days = CASE WHEN row.day IN u.days THEN u.days ELSE u.days + row.day END,
  u.sessions = CASE WHEN row.session IN u.sessions THEN u.sessions ELSE (u.sessions + row.session)[-8..] END`,
  rowOf: (event: StoredEvent) => ({
    account: event.account,
    type: stateTypeOf(event),
    at: neo4j.int(event.at),
    day: dayOf(event.at),
    session: event.session ?? '',
    identifiers: event.identifiers.map(({ kind, ref }) => ({ kind, ref, key: `${kind} ${ref}` })),
  }),
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
