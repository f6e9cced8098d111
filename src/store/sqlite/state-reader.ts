/** Reads the state's rows: whole scans for detection and digests, points for explanations. */
import type { DatabaseSync } from 'node:sqlite'
import type { AccountState, IdentifierKey, IdentifierState, StateType } from '../../../graph/model.ts'
import type { IdentifierUse, IdentifierUsers } from '../../../graph/ports.ts'
import { canonicalAccount } from '../../../graph/state/canonical.ts'
import {
  type ActivityRow,
  activityOf,
  type IdentifierRow,
  identifierOf,
  type LabelRow,
  labelOf,
  type RelationRow,
  relationOf,
  type SpanRow,
  timesOf,
  type UseRow,
  useOf,
} from './rows.ts'

/** Accounts or identifiers read at once: as few as do not cost more, because what is young is cheap to forget. */
const batchSize = 100

export function stateReader(db: DatabaseSync) {
  const page = db.prepare(
    'SELECT id, account, created_at FROM account WHERE account > ? ORDER BY account LIMIT ?',
  )
  const one = db.prepare('SELECT id, account, created_at FROM account WHERE account = ?')
  const byRow = db.prepare('SELECT id, account, created_at FROM account WHERE id = ?')
  const readAccounts = accountReader(db)
  const readAccount = (row: AccountRow | undefined) => row && readAccounts([row])[0]

  return {
    /** Ascending by id, a page at a time. */
    *accounts(): Generator<readonly AccountState[]> {
      let after = ''
      while (true) {
        const rows = page.all(after, batchSize) as unknown as AccountRow[]
        if (rows.length === 0) return
        after = rows.at(-1)?.account ?? after
        yield readAccounts(rows)
      }
    },

    account(id: string): AccountState | undefined {
      return readAccount(one.get(id) as AccountRow | undefined)
    },

    accountAt(row: number): AccountState | undefined {
      return readAccount(byRow.get(row) as AccountRow | undefined)
    },

    ...identifierReader(db),
  }
}

interface AccountRow {
  readonly id: number
  readonly account: string
  readonly created_at: number | null
}

/** A statement for each table answers for many accounts: to ask for each alone takes longer than to read it. */
function accountReader(db: DatabaseSync): (rows: readonly AccountRow[]) => readonly AccountState[] {
  const ofMany = 'IN (SELECT value FROM json_each(?))'
  const activities = rowsByAccount<ActivityRow>(
    db,
    `SELECT account AS owner, type, first_at, last_at, days, recent FROM activity WHERE account ${ofMany}`,
  )
  const uses = rowsByAccount<UseRow>(
    db,
    `SELECT u.account AS owner, i.kind, i.ref, u.type, u.first_at, u.last_at, u.days, u.sessions, u.times FROM use u JOIN identifier i ON i.id = u.identifier WHERE u.account ${ofMany}`,
  )
  const relations = rowsByAccount<RelationRow>(
    db,
    `SELECT r.account AS owner, o.account AS other, r.relation, r.type, r.first_at, r.last_at, r.days, r.recent FROM relation r JOIN account o ON o.id = r.other WHERE r.account ${ofMany}`,
  )
  const labels = rowsByAccount<LabelRow>(
    db,
    `SELECT account AS owner, source, label, reason, at FROM label WHERE account ${ofMany}`,
  )
  return (rows) => {
    const owners = JSON.stringify(rows.map(({ id }) => id))
    const of = {
      activities: activities(owners, activityOf),
      uses: uses(owners, useOf),
      relations: relations(owners, relationOf),
      labels: labels(owners, (row) => row),
    }
    return rows.map(({ id, account, created_at }) =>
      canonicalAccount({
        account,
        ...(created_at !== null && { createdAt: created_at }),
        activities: of.activities.get(id) ?? [],
        uses: of.uses.get(id) ?? [],
        relations: of.relations.get(id) ?? [],
        labels: (of.labels.get(id) ?? []).map((row) => labelOf(account, row)),
      }),
    )
  }
}

/** What a statement answers, by the account that owns it. SQLite gives rows no types; the schema is what they are. */
function rowsByAccount<Row>(db: DatabaseSync, sql: string) {
  const statement = db.prepare(sql)
  return <T>(owners: string, read: (row: Row) => T): ReadonlyMap<number, readonly T[]> => {
    const byAccount = new Map<number, T[]>()
    for (const row of statement.all(owners) as unknown as (Row & { owner: number })[]) {
      const rows = byAccount.get(row.owner)
      if (rows) rows.push(read(row))
      else byAccount.set(row.owner, [read(row)])
    }
    return byAccount
  }
}

function identifierReader(db: DatabaseSync) {
  const columns = 'id, kind, ref, mask, tables, class, asn, place, display, display_at, display_id'
  const page = db.prepare(
    `SELECT ${columns} FROM identifier WHERE (kind, ref) > (?, ?) ORDER BY kind, ref LIMIT ?`,
  )
  const one = db.prepare(`SELECT ${columns} FROM identifier WHERE kind = ? AND ref = ?`)
  const byRow = db.prepare(`SELECT ${columns} FROM identifier WHERE id = ?`)
  const sealedOf = db.prepare('SELECT sealed FROM identifier WHERE kind = ? AND ref = ?')
  const count = db.prepare('SELECT count(DISTINCT account) AS accounts FROM use WHERE identifier = ?')
  const uses = db.prepare(
    `SELECT a.account, min(coalesce(a.created_at, s.first_at), coalesce(s.first_at, a.created_at)) AS born_at,
       u.type, u.first_at, u.last_at, u.days, u.times
     FROM use u JOIN account a ON a.id = u.account
     LEFT JOIN activity s ON s.account = u.account AND s.type = 'signup'
     WHERE u.identifier = ? ORDER BY a.account, u.type LIMIT ?`,
  )
  return {
    /** Ascending by kind, then ref, a page at a time. */
    *identifiers(): Generator<readonly IdentifierState[]> {
      let after = { kind: '', ref: '' }
      while (true) {
        const rows = page.all(after.kind, after.ref, batchSize) as unknown as IdentifierRow[]
        if (rows.length === 0) return
        after = rows.at(-1) ?? after
        yield rows.map(identifierOf)
      }
    },

    identifierAt(row: number): IdentifierState | undefined {
      const found = byRow.get(row) as IdentifierRow | undefined
      return found && identifierOf(found)
    },

    sealedValue({ kind, ref }: IdentifierKey): { readonly sealed?: string } | undefined {
      const row = sealedOf.get(kind, ref) as { readonly sealed: Uint8Array | null } | undefined
      return row && { ...(row.sealed && { sealed: Buffer.from(row.sealed).toString('base64url') }) }
    },

    users({ kind, ref }: IdentifierKey, usesMax: number): IdentifierUsers | undefined {
      const row = one.get(kind, ref) as IdentifierRow | undefined
      if (!row) return undefined
      return {
        identifier: identifierOf(row),
        accounts: Number(count.get(row.id)?.['accounts']),
        uses: (uses.all(row.id, usesMax) as unknown as IdentifierUseRow[]).map(identifierUseOf),
      }
    },
  }
}

interface IdentifierUseRow extends SpanRow {
  readonly account: string
  readonly born_at: number | null
  readonly type: StateType
  readonly times: string
}

const identifierUseOf = ({
  account,
  born_at,
  type,
  first_at,
  last_at,
  days,
  times,
}: IdentifierUseRow): IdentifierUse => ({
  account,
  ...(born_at !== null && { bornAt: born_at }),
  type,
  firstAt: first_at,
  lastAt: last_at,
  days: JSON.parse(days) as number[],
  times: timesOf(times),
})
