/** Joins deltas into the state's rows. Runs inside the caller's transaction. */
import type { DatabaseSync } from 'node:sqlite'
import type { Activity, IdentifierState, Label, Relation, StoredEvent, Use } from '../../../graph/model.ts'
import type { Receipt } from '../../../graph/ports.ts'
import { type AccountDelta, foldEvents, identifierRowKey } from '../../../graph/state/fold.ts'
import {
  joinActivity,
  joinCreatedAt,
  joinIdentifier,
  joinLabel,
  joinRelation,
  joinUse,
  labelReceipt,
} from '../../../graph/state/join.ts'
import { happeningsJson, sessionsJson } from '../lists.ts'
import {
  type ActivityRow,
  activityOf,
  type IdentifierRow,
  identifierOf,
  type LabelRow,
  labelOf,
  type RelationRow,
  relationOf,
  type UseRow,
  useOf,
} from './rows.ts'

/** Row ids of what was joined. */
export interface Joined {
  readonly accounts: readonly number[]
  readonly identifiers: readonly number[]
  /** Those of them that were not there before, or of which something is known that was not. */
  readonly news: readonly number[]
}

export type StateWriter = ReturnType<typeof stateWriter>

export function stateWriter(db: DatabaseSync) {
  const accounts = accountRows(db)
  const identifiers = identifierRows(db)
  const edges = edgeRows(db)
  const labels = labelRows(db)

  function joinAccount(
    account: string,
    delta: AccountDelta,
    identifierIds: ReadonlyMap<string, number>,
  ): readonly number[] {
    const { id, isNew } = accounts.join(account, delta.createdAt)
    // Nothing is known of a new account, so nothing is looked for.
    const { joinActivity, joinUse, joinRelation } = isNew ? edges.put : edges.join
    for (const row of delta.activities.values()) joinActivity(id, row)
    for (const row of delta.uses.values()) {
      joinUse(id, identifierIds.get(identifierRowKey(row)) ?? 0, row)
    }
    const others = [...delta.relations.values()].map((row) => {
      const other = accounts.join(row.to, undefined).id
      joinRelation(id, other, row)
      return other
    })
    return [id, ...others]
  }

  return {
    join(events: readonly StoredEvent[]): Joined {
      const delta = foldEvents(events)
      const ids = new Map<string, number>()
      const news: number[] = []
      for (const [key, row] of delta.identifiers) {
        const { id, isNews } = identifiers.join(row)
        ids.set(key, id)
        if (isNews) news.push(id)
      }
      const joined = [...delta.accounts].flatMap(([account, row]) => joinAccount(account, row, ids))
      return { accounts: [...new Set(joined)], identifiers: [...ids.values()], news }
    },

    label(label: Label): { readonly account: number; readonly receipt: Receipt } {
      const account = accounts.join(label.account, undefined).id
      return { account, receipt: labels.join(account, label) }
    },

    /** Forgets all that the event log can give back; labels stay. */
    clear(): void {
      db.exec('DELETE FROM activity; DELETE FROM use; DELETE FROM relation; DELETE FROM identifier')
      db.exec('UPDATE account SET created_at = NULL')
      db.exec('DELETE FROM account WHERE id NOT IN (SELECT account FROM label)')
    },
  }
}

function accountRows(db: DatabaseSync) {
  const find = db.prepare('SELECT id, created_at FROM account WHERE account = ?')
  const insert = db.prepare('INSERT INTO account (account, created_at) VALUES (?, ?)')
  const update = db.prepare('UPDATE account SET created_at = ? WHERE id = ?')
  return {
    /** The account's row id; the row is made when it is new. */
    join(account: string, createdAt: number | undefined): { readonly id: number; readonly isNew: boolean } {
      const row = find.get(account) as { id: number; created_at: number | null } | undefined
      if (!row) return { id: Number(insert.run(account, createdAt ?? null).lastInsertRowid), isNew: true }
      const joined = joinCreatedAt(row.created_at ?? undefined, createdAt)
      if (joined !== undefined && joined !== row.created_at) update.run(joined, row.id)
      return { id: row.id, isNew: false }
    },
  }
}

function identifierRows(db: DatabaseSync) {
  const find = db.prepare(
    'SELECT id, kind, ref, mask, tables, class, asn, place, display, display_at, display_id, sealed IS NOT NULL AS is_sealed FROM identifier WHERE kind = ? AND ref = ?',
  )
  const insert = db.prepare(
    'INSERT INTO identifier (mask, tables, class, asn, place, display, display_at, display_id, kind, ref) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const update = db.prepare(
    'UPDATE identifier SET mask = ?, tables = ?, class = ?, asn = ?, place = ?, display = ?, display_at = ?, display_id = ? WHERE id = ?',
  )
  const seal = db.prepare('UPDATE identifier SET sealed = ? WHERE id = ?')
  const put = (added: IdentifierState): number =>
    Number(insert.run(...figures(added), added.kind, added.ref).lastInsertRowid)
  const figures = (row: IdentifierState) =>
    [
      row.mask,
      row.tables,
      row.class ?? null,
      row.asn ?? null,
      row.place ?? null,
      row.display?.text ?? null,
      row.display?.at ?? null,
      row.display?.id ?? null,
    ] as const
  return {
    join(added: IdentifierState): { readonly id: number; readonly isNews: boolean } {
      const row = find.get(added.kind, added.ref) as (IdentifierRow & { is_sealed: number }) | undefined
      const id = row?.id ?? put(added)
      const isSealed = added.sealed !== undefined && !row?.is_sealed
      if (isSealed) seal.run(Buffer.from(added.sealed, 'base64url'), id)
      if (!row) return { id, isNews: true }
      const known = identifierOf(row)
      const joined = joinIdentifier(known, added)
      const changed = figures(joined).some((figure, i) => figure !== figures(known)[i])
      if (changed) update.run(...figures(joined), row.id)
      return { id, isNews: changed || isSealed }
    },
  }
}

function edgeRows(db: DatabaseSync) {
  const activity = {
    find: db.prepare(
      'SELECT type, first_at, last_at, days, recent FROM activity WHERE account = ? AND type = ?',
    ),
    put: db.prepare('INSERT OR REPLACE INTO activity VALUES (?, ?, ?, ?, ?, ?)'),
  }
  const use = {
    find: db.prepare(
      "SELECT '' AS kind, '' AS ref, type, first_at, last_at, days, sessions, times FROM use WHERE account = ? AND identifier = ? AND type = ?",
    ),
    put: db.prepare('INSERT OR REPLACE INTO use VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
  }
  const relation = {
    find: db.prepare(
      "SELECT '' AS other, relation, type, first_at, last_at, days, recent FROM relation WHERE account = ? AND other = ? AND relation = ? AND type = ?",
    ),
    put: db.prepare('INSERT OR REPLACE INTO relation VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
  }
  const putActivity = (account: number, row: Activity): void => {
    const lists = [JSON.stringify(row.days), happeningsJson(row.recent)] as const
    activity.put.run(account, row.type, row.firstAt, row.lastAt, ...lists)
  }
  const putUse = (account: number, identifier: number, row: Use): void => {
    const lists = [JSON.stringify(row.days), sessionsJson(row.sessions), JSON.stringify(row.times)] as const
    use.put.run(account, identifier, row.type, row.firstAt, row.lastAt, ...lists)
  }
  const putRelation = (account: number, other: number, row: Relation): void => {
    const lists = [JSON.stringify(row.days), happeningsJson(row.recent)] as const
    relation.put.run(account, other, row.relation, row.type, row.firstAt, row.lastAt, ...lists)
  }
  return {
    put: { joinActivity: putActivity, joinUse: putUse, joinRelation: putRelation },
    join: {
      joinActivity(account: number, added: Activity): void {
        const row = activity.find.get(account, added.type) as ActivityRow | undefined
        putActivity(account, row ? joinActivity(activityOf(row), added) : added)
      },
      joinUse(account: number, identifier: number, added: Use): void {
        const row = use.find.get(account, identifier, added.type) as UseRow | undefined
        putUse(account, identifier, row ? joinUse(useOf(row), added) : added)
      },
      joinRelation(account: number, other: number, added: Relation): void {
        const row = relation.find.get(account, other, added.relation, added.type) as RelationRow | undefined
        putRelation(account, other, row ? joinRelation(relationOf(row), added) : added)
      },
    },
  }
}

function labelRows(db: DatabaseSync) {
  const find = db.prepare('SELECT source, label, reason, at FROM label WHERE account = ? AND source = ?')
  const put = db.prepare(
    'INSERT OR REPLACE INTO label (account, source, label, reason, at) VALUES (?, ?, ?, ?, ?)',
  )
  return {
    join(account: number, added: Label): Receipt {
      const row = find.get(account, added.source) as LabelRow | undefined
      const known = row && labelOf(added.account, row)
      const joined = known ? joinLabel(known, added) : added
      put.run(account, joined.source, joined.label, joined.reason ?? null, joined.at)
      return known ? labelReceipt(known, added) : 'accepted'
    },
  }
}
