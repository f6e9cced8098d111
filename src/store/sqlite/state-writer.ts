/** Joins deltas into the state's rows. Runs inside the caller's transaction. */
import type { DatabaseSync } from 'node:sqlite'
import type { IdentifierState, Label } from '../../../graph/model.ts'
import type { Receipt } from '../../../graph/ports.ts'
import {
  joinActivity,
  joinCreatedAt,
  joinIdentifier,
  joinLabel,
  joinRelation,
  joinUse,
  labelReceipt,
} from '../../../graph/state/join.ts'
import {
  type AccountCells,
  type ActivityCells,
  activityCells,
  activityIn,
  type FoldedPart,
  type RelationCells,
  relationCells,
  relationIn,
  type UseCells,
  useCells,
  useIn,
} from './folding/part.ts'
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

  function joinAccount(added: AccountCells, identifierIds: readonly number[]): readonly number[] {
    const { id, isNew } = accounts.join(added.account, added.createdAt)
    // Nothing is known of a new account, so nothing is looked for.
    const write = isNew ? edges.put : edges.join
    for (const cells of added.activities) write.activity(id, cells)
    for (const [identifier, cells] of added.uses) write.use(id, identifierIds[identifier] ?? 0, cells)
    const others = added.relations.map(([to, cells]) => {
      const other = accounts.join(to, undefined).id
      write.relation(id, other, cells)
      return other
    })
    return [id, ...others]
  }

  return {
    join(part: FoldedPart): Joined {
      const joinedIdentifiers = part.identifiers.map((row) => identifiers.join(row))
      const ids = joinedIdentifiers.map(({ id }) => id)
      const joined = part.accounts.flatMap((row) => joinAccount(row, ids))
      const news = joinedIdentifiers.flatMap(({ id, isNews }) => (isNews ? [id] : []))
      return { accounts: [...new Set(joined)], identifiers: ids, news }
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
  const put = {
    activity: (account: number, added: ActivityCells) => void activity.put.run(account, ...added),
    use: (account: number, identifier: number, added: UseCells) =>
      void use.put.run(account, identifier, ...added),
    relation: (account: number, other: number, added: RelationCells) =>
      void relation.put.run(account, other, ...added),
  }
  return {
    put,
    join: {
      activity(account: number, added: ActivityCells): void {
        const row = activity.find.get(account, added[0]) as ActivityRow | undefined
        put.activity(account, row ? activityCells(joinActivity(activityOf(row), activityIn(added))) : added)
      },
      use(account: number, identifier: number, added: UseCells): void {
        const row = use.find.get(account, identifier, added[0]) as UseRow | undefined
        put.use(account, identifier, row ? useCells(joinUse(useOf(row), useIn(added))) : added)
      },
      relation(account: number, other: number, added: RelationCells): void {
        const [name, type] = added
        const row = relation.find.get(account, other, name, type) as RelationRow | undefined
        put.relation(
          account,
          other,
          row ? relationCells(joinRelation(relationOf(row), relationIn(added))) : added,
        )
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
