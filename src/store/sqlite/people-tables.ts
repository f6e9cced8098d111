/** Verdicts, assertions, API keys and dead letters in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { Assertion } from '../../../graph/model.ts'
import type { ApiKey, DeadLetter } from '../../../graph/ports.ts'
import type { Decision, Verdict } from '../../../graph/ring.ts'
import type { AssertionsAsked } from '../../../graph/verdicts.ts'
import { transaction } from './database.ts'

export function verdictReader(db: DatabaseSync) {
  const decisions = db.prepare('SELECT body FROM decision WHERE ?1 IS NULL OR ring = ?1 ORDER BY id')
  const standing = db.prepare(
    "SELECT json_extract(body, '$.verdict') AS verdict, count(*) AS count FROM decision WHERE json_extract(body, '$.retractedAt') IS NULL GROUP BY 1",
  )
  const receipt = db.prepare('SELECT body FROM receipt WHERE decision = ?')
  const assertions = db.prepare('SELECT * FROM assertion ORDER BY id')
  const assertionPage = db.prepare(assertionPageSql)
  return {
    decisions: (ring?: string): readonly Decision[] =>
      decisions.all(ring ?? null).map((row) => JSON.parse(String(row['body'])) as Decision),
    standing: (): readonly { verdict: Verdict; count: number }[] =>
      (standing.all() as unknown as { verdict: Verdict; count: number }[]).map((row) => ({ ...row })),
    receipt(decision: string): string | undefined {
      const row = receipt.get(decision)
      return row && String(row['body'])
    },
    assertions: (): readonly Assertion[] => (assertions.all() as unknown as AssertionRow[]).map(assertionOf),
    assertionPage({ kind, account, standingAt, after, limit }: AssertionsAsked): readonly Assertion[] {
      const asked = [kind, account, standingAt, after?.at, after?.id].map((one) => one ?? null)
      return (assertionPage.all(...asked, limit) as unknown as AssertionRow[]).map(assertionOf)
    },
  }
}

const assertionPageSql = `
  SELECT * FROM assertion
  WHERE (?1 IS NULL OR kind = ?1)
    AND (?2 IS NULL OR (kind <> 'shared_by_design' AND EXISTS (SELECT 1 FROM json_each(subjects) WHERE value = ?2)))
    AND (?3 IS NULL OR (retracted_at IS NULL AND (expires_at IS NULL OR expires_at > ?3)))
    AND (?4 IS NULL OR (at, id) < (?4, ?5))
  ORDER BY at DESC, id DESC LIMIT ?6`

export function verdictWriter(db: DatabaseSync) {
  const putDecision = db.prepare('INSERT OR REPLACE INTO decision VALUES (?, ?, ?)')
  const putReceipt = db.prepare('INSERT OR IGNORE INTO receipt VALUES (?, ?)')
  const putAssertion = db.prepare('INSERT OR REPLACE INTO assertion VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  return {
    decide: (row: Decision): void => void putDecision.run(row.id, row.ring, JSON.stringify(row)),
    freeze: (decision: string, receipt: string): void => void putReceipt.run(decision, receipt),
    assert(row: Assertion): void {
      const times = [row.at, row.expiresAt ?? null, row.retractedAt ?? null] as const
      const subjects = JSON.stringify(row.subjects)
      putAssertion.run(row.id, row.kind, subjects, row.role ?? null, row.author, row.reason, ...times)
    },
  }
}

interface AssertionRow extends Pick<Assertion, 'id' | 'kind' | 'author' | 'reason' | 'at'> {
  readonly subjects: string
  readonly role: Assertion['role'] | null
  readonly expires_at: number | null
  readonly retracted_at: number | null
}

const assertionOf = (row: AssertionRow): Assertion => ({
  id: row.id,
  kind: row.kind,
  subjects: JSON.parse(row.subjects) as string[],
  ...(row.role && { role: row.role }),
  author: row.author,
  reason: row.reason,
  at: row.at,
  ...(row.expires_at !== null && { expiresAt: row.expires_at }),
  ...(row.retracted_at !== null && { retractedAt: row.retracted_at }),
})

export function keyTable(db: DatabaseSync) {
  const all = db.prepare('SELECT * FROM api_key ORDER BY created_at, id')
  return {
    keys: (): readonly ApiKey[] => (all.all() as unknown as KeyRow[]).map(keyOf),
    save(key: ApiKey): void {
      db.prepare('INSERT INTO api_key VALUES (?, ?, ?, ?, ?, ?)').run(
        key.id,
        key.name,
        key.hash,
        JSON.stringify(key.scopes),
        key.createdAt,
        key.revokedAt ?? null,
      )
    },
    revoke(id: string, at: number): boolean {
      const revoke = db.prepare(
        'UPDATE api_key SET revoked_at = ?1 WHERE id = ?2 AND (revoked_at IS NULL OR revoked_at >= ?1)',
      )
      return revoke.run(at, id).changes === 1
    },
  }
}

interface KeyRow extends Pick<ApiKey, 'id' | 'name' | 'hash'> {
  readonly scopes: string
  readonly created_at: number
  readonly revoked_at: number | null
}

const keyOf = (row: KeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  hash: row.hash,
  scopes: JSON.parse(row.scopes) as string[],
  createdAt: row.created_at,
  ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
})

export function deadLetterTable(db: DatabaseSync) {
  const page = db.prepare(
    'SELECT * FROM dead_letter WHERE ?1 IS NULL OR (at, id) > (SELECT at, id FROM dead_letter WHERE id = ?1) ORDER BY at, id LIMIT ?2',
  )
  return {
    bury(letters: readonly DeadLetter[]): void {
      const put = db.prepare('INSERT OR IGNORE INTO dead_letter VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
      transaction(db, () => {
        for (const { id, stream, source, line, pointer, code, at, sealed } of letters) {
          put.run(id, stream, source, line, pointer, code, at, sealed ?? null)
        }
      })
    },
    list(options: { after?: string; limit: number; sealed?: boolean }): readonly DeadLetter[] {
      const rows = page.all(options.after ?? null, options.limit) as unknown as DeadLetterRow[]
      return rows.map(({ sealed, ...row }) => ({ ...row, ...(options.sealed && sealed && { sealed }) }))
    },
    drop(ids: readonly string[]): number {
      const drop = db.prepare('DELETE FROM dead_letter WHERE id = ?')
      return transaction(db, () => ids.reduce((dropped, id) => dropped + Number(drop.run(id).changes), 0))
    },
    expire: (before: number): number =>
      Number(db.prepare('DELETE FROM dead_letter WHERE at < ?').run(before).changes),
    count: (): number => Number(db.prepare('SELECT count(*) AS letters FROM dead_letter').get()?.['letters']),
  }
}

interface DeadLetterRow extends Omit<DeadLetter, 'sealed'> {
  readonly sealed: Uint8Array | null
}
