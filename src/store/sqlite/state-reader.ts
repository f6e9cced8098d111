/** Reads the state's rows: whole scans for detection and digests, points for explanations. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
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

const batchSize = 1_000

export function stateReader(db: DatabaseSync) {
  const page = db.prepare(
    'SELECT id, account, created_at FROM account WHERE account > ? ORDER BY account LIMIT ?',
  )
  const one = db.prepare('SELECT id, account, created_at FROM account WHERE account = ?')
  const byRow = db.prepare('SELECT id, account, created_at FROM account WHERE id = ?')
  const readAccount = accountReader(db)

  return {
    /** Ascending by id, a page at a time. */
    *accounts(): Generator<readonly AccountState[]> {
      let after = ''
      while (true) {
        const rows = page.all(after, batchSize) as unknown as AccountRow[]
        if (rows.length === 0) return
        after = rows.at(-1)?.account ?? after
        yield rows.map(readAccount)
      }
    },

    account(id: string): AccountState | undefined {
      const row = one.get(id) as AccountRow | undefined
      return row && readAccount(row)
    },

    accountAt(row: number): AccountState | undefined {
      const found = byRow.get(row) as AccountRow | undefined
      return found && readAccount(found)
    },

    ...identifierReader(db),
  }
}

interface AccountRow {
  readonly id: number
  readonly account: string
  readonly created_at: number | null
}

function accountReader(db: DatabaseSync): (row: AccountRow) => AccountState {
  const activities = db.prepare(
    'SELECT type, first_at, last_at, days, recent FROM activity WHERE account = ?',
  )
  const uses = db.prepare(
    'SELECT i.kind, i.ref, u.type, u.first_at, u.last_at, u.days, u.sessions, u.times FROM use u JOIN identifier i ON i.id = u.identifier WHERE u.account = ?',
  )
  const relations = db.prepare(
    'SELECT o.account AS other, r.relation, r.type, r.first_at, r.last_at, r.days, r.recent FROM relation r JOIN account o ON o.id = r.other WHERE r.account = ?',
  )
  const labels = db.prepare('SELECT source, label, reason, at FROM label WHERE account = ?')
  return ({ id, account, created_at }) =>
    canonicalAccount({
      account,
      ...(created_at !== null && { createdAt: created_at }),
      activities: rowsOf<ActivityRow>(activities, id).map(activityOf),
      uses: rowsOf<UseRow>(uses, id).map(useOf),
      relations: rowsOf<RelationRow>(relations, id).map(relationOf),
      labels: rowsOf<LabelRow>(labels, id).map((row) => labelOf(account, row)),
    })
}

function identifierReader(db: DatabaseSync) {
  const columns = 'id, kind, ref, mask, tables, class, asn, display, display_at, display_id'
  const page = db.prepare(
    `SELECT ${columns} FROM identifier WHERE (kind, ref) > (?, ?) ORDER BY kind, ref LIMIT ?`,
  )
  const one = db.prepare(`SELECT ${columns} FROM identifier WHERE kind = ? AND ref = ?`)
  const byRow = db.prepare(`SELECT ${columns} FROM identifier WHERE id = ?`)
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

/** SQLite answers rows without a prototype and without types; the schema above is what they are. */
const rowsOf = <Row>(statement: StatementSync, id: number): Row[] => statement.all(id) as unknown as Row[]
