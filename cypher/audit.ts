/** Statements on the chain of what was done. */
import type { Properties } from './state.ts'
import { type None, statement } from './statement.ts'

export const audit = {
  auditRows: statement<{ after: number; limit: number }, { body: string }>('audit/rows'),
  auditHead: statement<None, { head: string }>('audit/head'),
  auditNoted: statement<{ act: string }, { body: string }>('audit/noted'),
  appendAudit: statement<{ properties: Properties; head: string }>('audit/append'),
}
