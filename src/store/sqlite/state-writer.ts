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
import { prepareCells } from './database.ts'
import type { AccountCells, FoldedPart } from './folding/part.ts'
import {
  type ActivityCells,
  activityCells,
  activityColumns,
  activityOf,
  type IdentifierCells,
  identifierCells,
  identifierColumns,
  identifierOf,
  knownColumns,
  type LabelCells,
  labelColumns,
  labelOf,
  type RelationCells,
  relationCells,
  relationColumns,
  relationOf,
  type UseCells,
  useCells,
  useColumns,
  useOf,
} from './rows.ts'

/** Row ids of what was joined. */
export interface Joined {
  readonly accounts: readonly number[]
  readonly identifiers: readonly number[]
  /** Those of them that were not there before, or of which something is known that was not. */
  readonly news: readonly number[]
}

type KnownAccount = readonly [id: number, createdAt: number | null]
type KnownIdentifier = readonly [id: number, isSealed: number, ...IdentifierCells]

export type StateWriter = ReturnType<typeof stateWriter>

export function stateWriter(db: DatabaseSync) {
  const accounts = accountRows(db)
  const identifiers = identifierRows(db)
  const activities = activityRows(db)
  const uses = useRows(db)
  const relations = relationRows(db)
  const labels = labelRows(db)

  function joinAccount(added: AccountCells, identifierIds: readonly number[]): readonly number[] {
    const { id, isNew } = accounts.join(added.account, added.createdAt)
    // Nothing is known of a new account, so nothing is looked for.
    const write = isNew ? 'put' : 'join'
    for (const cells of added.activities) activities[write](id, cells)
    for (const [identifier, cells] of added.uses) uses[write](id, identifierIds[identifier] ?? 0, cells)
    const others = added.relations.map(([to, cells]) => {
      const other = accounts.join(to, undefined).id
      relations[write](id, other, cells)
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
  const find = prepareCells<KnownAccount>(db, 'SELECT id, created_at FROM account WHERE account = ?')
  const insert = db.prepare('INSERT INTO account (account, created_at) VALUES (?, ?)')
  const update = db.prepare('UPDATE account SET created_at = ? WHERE id = ?')
  return {
    /** The account's row id; the row is made when it is new. */
    join(account: string, createdAt: number | undefined): { readonly id: number; readonly isNew: boolean } {
      const row = find.get(account)
      if (!row) return { id: Number(insert.run(account, createdAt ?? null).lastInsertRowid), isNew: true }
      const [id, known] = row
      const joined = joinCreatedAt(known ?? undefined, createdAt)
      if (joined !== undefined && joined !== known) update.run(joined, id)
      return { id, isNew: false }
    },
  }
}

function identifierRows(db: DatabaseSync) {
  const find = prepareCells<KnownIdentifier>(
    db,
    `SELECT id, sealed IS NOT NULL, ${identifierColumns} FROM identifier WHERE kind = ? AND ref = ?`,
  )
  const insert = db.prepare(
    `INSERT INTO identifier (${identifierColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const update = db.prepare(`UPDATE identifier SET (${knownColumns}) = (?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?`)
  const seal = db.prepare('UPDATE identifier SET sealed = ? WHERE id = ?')
  const put = (added: IdentifierState): number =>
    Number(insert.run(...identifierCells(added)).lastInsertRowid)
  return {
    join(added: IdentifierState): { readonly id: number; readonly isNews: boolean } {
      const row = find.get(added.kind, added.ref)
      const [id, wasSealed, ...cells] = row ?? [put(added), 0, ...identifierCells(added)]
      const isSealed = added.sealed !== undefined && wasSealed === 0
      if (isSealed) seal.run(Buffer.from(added.sealed, 'base64url'), id)
      if (!row) return { id, isNews: true }
      const joined = identifierCells(joinIdentifier(identifierOf(cells), added))
      const changed = joined.some((cell, i) => cell !== cells[i])
      const [, , ...facts] = joined
      if (changed) update.run(...facts, id)
      return { id, isNews: changed || isSealed }
    },
  }
}

function activityRows(db: DatabaseSync) {
  const find = prepareCells<ActivityCells>(
    db,
    `SELECT ${activityColumns} FROM activity WHERE account = ? AND type = ?`,
  )
  const write = db.prepare('INSERT OR REPLACE INTO activity VALUES (?, ?, ?, ?, ?, ?)')
  const put = (account: number, added: ActivityCells) => void write.run(account, ...added)
  return {
    put,
    join(account: number, added: ActivityCells): void {
      const known = find.get(account, added[0])
      put(account, known ? activityCells(joinActivity(activityOf(known), activityOf(added))) : added)
    },
  }
}

function useRows(db: DatabaseSync) {
  const find = prepareCells<UseCells>(
    db,
    `SELECT ${useColumns} FROM use WHERE account = ? AND identifier = ? AND type = ?`,
  )
  const write = db.prepare('INSERT OR REPLACE INTO use VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const put = (account: number, identifier: number, added: UseCells) =>
    void write.run(account, identifier, ...added)
  // Of one identifier all.
  const row = (cells: UseCells) => useOf('', '', cells)
  return {
    put,
    join(account: number, identifier: number, added: UseCells): void {
      const known = find.get(account, identifier, added[0])
      put(account, identifier, known ? useCells(joinUse(row(known), row(added))) : added)
    },
  }
}

function relationRows(db: DatabaseSync) {
  const find = prepareCells<RelationCells>(
    db,
    `SELECT ${relationColumns} FROM relation WHERE account = ? AND other = ? AND relation = ? AND type = ?`,
  )
  const write = db.prepare('INSERT OR REPLACE INTO relation VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const put = (account: number, other: number, added: RelationCells) =>
    void write.run(account, other, ...added)
  // To one account all.
  const row = (cells: RelationCells) => relationOf('', cells)
  return {
    put,
    join(account: number, other: number, added: RelationCells): void {
      const [name, type] = added
      const known = find.get(account, other, name, type)
      put(account, other, known ? relationCells(joinRelation(row(known), row(added))) : added)
    },
  }
}

function labelRows(db: DatabaseSync) {
  const find = prepareCells<LabelCells>(
    db,
    `SELECT ${labelColumns} FROM label WHERE account = ? AND source = ?`,
  )
  const put = db.prepare(
    'INSERT OR REPLACE INTO label (account, source, label, reason, at) VALUES (?, ?, ?, ?, ?)',
  )
  return {
    join(account: number, added: Label): Receipt {
      const row = find.get(account, added.source)
      const known = row && labelOf(added.account, row)
      const joined = known ? joinLabel(known, added) : added
      put.run(account, joined.source, joined.label, joined.reason ?? null, joined.at)
      return known ? labelReceipt(known, added) : 'accepted'
    },
  }
}
