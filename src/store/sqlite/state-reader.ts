/** Reads the state's rows: whole scans for detection and digests, points for explanations. */
import type { DatabaseSync } from 'node:sqlite'
import type { AccountState, IdentifierKey, IdentifierState, StateType } from '../../../graph/model.ts'
import type { IdentifierUse, IdentifierUsers } from '../../../graph/ports.ts'
import { canonicalAccount } from '../../../graph/state/canonical.ts'
import { prepareCells } from './database.ts'
import {
  type ActivityCells,
  activityColumns,
  activityOf,
  type IdentifierCells,
  identifierColumns,
  identifierOf,
  type LabelCells,
  labelColumns,
  labelOf,
  type RelationCells,
  relationOf,
  type SpanCells,
  timesOf,
  type UseCells,
  useOf,
} from './rows.ts'

/** Accounts or identifiers read at once: as few as do not cost more, because what is young is cheap to forget. */
const batchSize = 100

export function stateReader(db: DatabaseSync) {
  const columns = 'id, account, created_at'
  const page = prepareCells<AccountCells>(
    db,
    `SELECT ${columns} FROM account WHERE account > ? ORDER BY account LIMIT ?`,
  )
  const one = prepareCells<AccountCells>(db, `SELECT ${columns} FROM account WHERE account = ?`)
  const byRow = prepareCells<AccountCells>(db, `SELECT ${columns} FROM account WHERE id = ?`)
  const readAccounts = accountReader(db)
  const readAccount = (row: AccountCells | undefined) => row && readAccounts([row])[0]

  return {
    /** Ascending by id, a page at a time. */
    *accounts(): Generator<readonly AccountState[]> {
      let after = ''
      while (true) {
        const rows = page.all(after, batchSize)
        if (rows.length === 0) return
        after = rows.at(-1)?.[1] ?? after
        yield readAccounts(rows)
      }
    },

    account(id: string): AccountState | undefined {
      return readAccount(one.get(id))
    },

    accountAt(row: number): AccountState | undefined {
      return readAccount(byRow.get(row))
    },

    ...identifierReader(db),
  }
}

type AccountCells = readonly [id: number, account: string, createdAt: number | null]

/** A statement for each table answers for many accounts: to ask for each alone takes longer than to read it. */
function accountReader(db: DatabaseSync): (rows: readonly AccountCells[]) => readonly AccountState[] {
  const ofMany = 'IN (SELECT value FROM json_each(?))'
  const activities = cellsByAccount<[...ActivityCells, owner: number]>(
    db,
    `SELECT ${activityColumns}, account FROM activity WHERE account ${ofMany}`,
  )
  const uses = cellsByAccount<[...UseCells, kind: string, ref: string, owner: number]>(
    db,
    `SELECT u.type, u.first_at, u.last_at, u.days, u.sessions, u.times, i.kind, i.ref, u.account FROM use u JOIN identifier i ON i.id = u.identifier WHERE u.account ${ofMany}`,
  )
  const relations = cellsByAccount<[...RelationCells, to: string, owner: number]>(
    db,
    `SELECT r.relation, r.type, r.first_at, r.last_at, r.days, r.recent, o.account, r.account FROM relation r JOIN account o ON o.id = r.other WHERE r.account ${ofMany}`,
  )
  const labels = cellsByAccount<[...LabelCells, owner: number]>(
    db,
    `SELECT ${labelColumns}, account FROM label WHERE account ${ofMany}`,
  )
  return (rows) => {
    const owners = JSON.stringify(rows.map(([id]) => id))
    const of = {
      activities: activities(owners, activityOf),
      uses: uses(owners, (cells) => useOf(cells[6], cells[7], cells)),
      relations: relations(owners, (cells) => relationOf(cells[6], cells)),
      labels: labels(owners, (cells) => cells),
    }
    return rows.map(([id, account, createdAt]) =>
      canonicalAccount({
        account,
        ...(createdAt !== null && { createdAt }),
        activities: of.activities.get(id) ?? [],
        uses: of.uses.get(id) ?? [],
        relations: of.relations.get(id) ?? [],
        labels: (of.labels.get(id) ?? []).map((cells) => labelOf(account, cells)),
      }),
    )
  }
}

/** What a statement answers, by the account that owns it: the last cell. */
function cellsByAccount<Cells extends readonly [...unknown[], owner: number]>(db: DatabaseSync, sql: string) {
  const statement = prepareCells<Cells>(db, sql)
  return <T>(owners: string, read: (cells: Cells) => T): ReadonlyMap<number, readonly T[]> => {
    const byAccount = new Map<number, T[]>()
    for (const cells of statement.all(owners)) {
      const owner = cells[cells.length - 1] as number
      const rows = byAccount.get(owner)
      if (rows) rows.push(read(cells))
      else byAccount.set(owner, [read(cells)])
    }
    return byAccount
  }
}

function identifierReader(db: DatabaseSync) {
  const page = prepareCells<IdentifierCells>(
    db,
    `SELECT ${identifierColumns} FROM identifier WHERE (kind, ref) > (?, ?) ORDER BY kind, ref LIMIT ?`,
  )
  const one = prepareCells<[...IdentifierCells, id: number]>(
    db,
    `SELECT ${identifierColumns}, id FROM identifier WHERE kind = ? AND ref = ?`,
  )
  const byRow = prepareCells<IdentifierCells>(db, `SELECT ${identifierColumns} FROM identifier WHERE id = ?`)
  const sealedOf = db.prepare('SELECT sealed FROM identifier WHERE kind = ? AND ref = ?')
  const count = db.prepare('SELECT count(DISTINCT account) AS accounts FROM use WHERE identifier = ?')
  const uses = prepareCells<IdentifierUseCells>(
    db,
    `SELECT a.account, min(coalesce(a.created_at, s.first_at), coalesce(s.first_at, a.created_at)) AS born_at,
       u.type, u.first_at, u.last_at, u.days, u.times
     FROM use u JOIN account a ON a.id = u.account
     LEFT JOIN activity s ON s.account = u.account AND s.type = 'signup'
     WHERE u.identifier = ? ORDER BY a.account, u.type LIMIT ?`,
  )
  return {
    /** Ascending by kind, then ref, a page at a time. */
    *identifiers(): Generator<readonly IdentifierState[]> {
      let [kind, ref] = ['', '']
      while (true) {
        const rows = page.all(kind, ref, batchSize)
        if (rows.length === 0) return
        ;[kind, ref] = rows.at(-1) ?? [kind, ref]
        yield rows.map(identifierOf)
      }
    },

    identifierAt(row: number): IdentifierState | undefined {
      const found = byRow.get(row)
      return found && identifierOf(found)
    },

    sealedValue({ kind, ref }: IdentifierKey): { readonly sealed?: string } | undefined {
      const row = sealedOf.get(kind, ref) as { readonly sealed: Uint8Array | null } | undefined
      return row && { ...(row.sealed && { sealed: Buffer.from(row.sealed).toString('base64url') }) }
    },

    users({ kind, ref }: IdentifierKey, usesMax: number): IdentifierUsers | undefined {
      const row = one.get(kind, ref)
      if (!row) return undefined
      const id = row[10]
      return {
        identifier: identifierOf(row),
        accounts: Number(count.get(id)?.['accounts']),
        uses: uses.all(id, usesMax).map(identifierUseOf),
      }
    },
  }
}

type IdentifierUseCells = readonly [
  account: string,
  bornAt: number | null,
  type: StateType,
  ...SpanCells,
  times: string,
]

const identifierUseOf = ([
  account,
  bornAt,
  type,
  firstAt,
  lastAt,
  days,
  times,
]: IdentifierUseCells): IdentifierUse => ({
  account,
  ...(bornAt !== null && { bornAt }),
  type,
  firstAt,
  lastAt,
  days: JSON.parse(days) as number[],
  times: timesOf(times),
})
