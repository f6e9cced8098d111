/**
 * A chain of hashes over what was done (after Schneier & Kelsey 1999, "Secure audit logs to support computer
 * forensics", without their keys): whoever changes, drops, adds or moves a row breaks it there. That the end was cut off
 * is seen by the head, which is kept apart; that all was made anew only by a head that was kept elsewhere.
 */
import { hash } from 'node:crypto'
import type { Act, AuditHead, AuditRow, AuditStore } from '../../graph/audit.ts'

/** What the row after `head` is for this act. */
export function nextRow(act: Act, head: AuditHead | undefined): AuditRow {
  const { at, by, action, subject, content, reason } = act
  const row = {
    seq: (head?.seq ?? 0) + 1,
    at,
    by,
    action,
    subject,
    ...(content !== undefined && { content }),
    ...(reason !== undefined && { reason }),
    previous: head?.hash ?? '',
  }
  return { ...row, hash: hashOf(row) }
}

/** What is not always there comes last, so that it cannot be taken for anything else. */
const hashOf = ({
  seq,
  at,
  by,
  action,
  subject,
  content,
  previous,
  reason,
}: Omit<AuditRow, 'hash'>): string =>
  hash('sha256', JSON.stringify([seq, at, by, action, subject, content ?? null, previous, ...told(reason)]))

const told = (reason: string | undefined): readonly string[] => (reason === undefined ? [] : [reason])

export const isSealed = ({ hash: own, ...row }: AuditRow): boolean => own === hashOf(row)

/** By what an act is told from another: the same one again is one row. */
export const actId = ({ at, by, action, subject, content, reason }: Act): string =>
  hash('sha256', JSON.stringify([at, by, action, subject, content ?? null, ...told(reason)]))

export const contentHash = (written: unknown): string => hash('sha256', JSON.stringify(written))

/** `seq:hash`, as it is told for people to keep. */
export const headText = ({ seq, hash: own }: AuditHead): string => `${seq}:${own}`

const headPattern = /^([1-9]\d{0,14}):([0-9a-f]{64})$/

/** `undefined` where it is none. */
export function readHead(text: string): AuditHead | undefined {
  const [, seq, own = ''] = headPattern.exec(text) ?? []
  return seq === undefined ? undefined : { seq: Number(seq), hash: own }
}

export type Verified =
  | { readonly isWhole: true; readonly rows: number; readonly head: AuditHead | undefined }
  | { readonly isWhole: false; readonly rows: number; readonly seq: number; readonly why: string }

const pageSize = 1_000

/**
 * Names the first row that is not as it was written; `rows` before it are good. `kept` is a head that was kept
 * elsewhere.
 */
export async function verifyAudit(
  store: Pick<AuditStore, 'audit' | 'auditHead'>,
  kept?: AuditHead,
): Promise<Verified> {
  const before = await store.auditHead()
  let last: AuditHead | undefined
  for await (const row of rowsOf(store)) {
    const why = wrongWith(row, last) ?? wrongHead(row, kept)
    if (why !== undefined) return { isWhole: false, rows: last?.seq ?? 0, seq: row.seq, why }
    last = { seq: row.seq, hash: row.hash }
  }
  const wrong = wrongEnd(last, { before, after: await store.auditHead(), kept })
  const rows = last?.seq ?? 0
  return wrong
    ? { isWhole: false, rows: Math.min(rows, wrong.seq - 1), ...wrong }
    : { isWhole: true, rows, head: last }
}

async function* rowsOf(store: Pick<AuditStore, 'audit'>): AsyncIterable<AuditRow> {
  let page: readonly AuditRow[] = []
  do {
    page = await store.audit({ after: page.at(-1)?.seq ?? 0, limit: pageSize })
    yield* page
  } while (page.length === pageSize)
}

function wrongWith(row: AuditRow, before: AuditHead | undefined): string | undefined {
  if (row.seq !== (before?.seq ?? 0) + 1) return 'the row before it is missing'
  if (row.previous !== (before?.hash ?? '')) return 'it does not follow the row before it'
  return isSealed(row) ? undefined : 'it was changed'
}

const wrongHead = ({ seq, hash: own }: AuditHead, kept: AuditHead | undefined): string | undefined =>
  kept?.seq === seq && kept.hash !== own ? 'it is not the row of the head you kept' : undefined

interface Heads {
  /** As the store told it before and after its rows: others add rows meanwhile. */
  readonly before: AuditHead | undefined
  readonly after: AuditHead | undefined
  readonly kept: AuditHead | undefined
}

function wrongEnd(
  last: AuditHead | undefined,
  { before, after, kept }: Heads,
): { seq: number; why: string } | undefined {
  const rows = last?.seq ?? 0
  if (Math.max(before?.seq ?? 0, kept?.seq ?? 0) > rows) return { seq: rows + 1, why: 'it is missing' }
  if (rows > (after?.seq ?? 0)) return { seq: rows, why: 'the head of the chain does not know it' }
  const isOther = [before, after].some((head) => head?.seq === rows && head.hash !== last?.hash)
  return isOther ? { seq: rows, why: 'it is not the last that was written' } : undefined
}
