/** What was done, as the API and the command line show it. */
import type { AuditRow } from '../../graph/audit.ts'
import { headText, type Verified } from '../audit/chain.ts'
import { iso } from './times.ts'

export const auditRowView = ({ seq, at, by, action, subject, content, previous, hash }: AuditRow) => ({
  seq,
  at: iso(at),
  by,
  action,
  subject,
  content: content ?? null,
  previous,
  hash,
})

export const verifiedView = (verified: Verified) => ({
  isWhole: verified.isWhole,
  rows: verified.rows,
  head: verified.isWhole && verified.head ? headText(verified.head) : null,
  broken: verified.isWhole ? null : { seq: verified.seq, why: verified.why },
})
