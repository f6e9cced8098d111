/** What was done, and what it was done on, as the API and the command line show it. */
import type { AuditRow } from '../../graph/audit.ts'
import { headText, type Verified } from '../audit/chain.ts'
import type { CheckedReceipt } from '../receipts/verify.ts'
import { iso } from './times.ts'

export const auditRowView = ({
  seq,
  at,
  by,
  action,
  subject,
  content,
  reason,
  previous,
  hash,
}: AuditRow) => ({
  seq,
  at: iso(at),
  by,
  action,
  subject,
  content: content ?? null,
  reason: reason ?? null,
  previous,
  hash,
})

export const verifiedView = (verified: Verified) => ({
  isWhole: verified.isWhole,
  rows: verified.rows,
  head: verified.isWhole && verified.head ? headText(verified.head) : null,
  broken: verified.isWhole ? null : { seq: verified.seq, why: verified.why },
})

export const receiptCheckView = ({ receipt, differs, row }: CheckedReceipt) => ({
  hash: receipt.hash,
  isWhole: differs.length === 0,
  differs: differs.map(({ pointer, why }) => ({ pointer, why })),
  row: row ? { seq: row.seq, hash: row.hash } : null,
})
