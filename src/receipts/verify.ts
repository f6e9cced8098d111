/** Holds a receipt to the decision and the audit that it belongs to. */
import { z } from 'zod'
import { AppError } from '../../graph/errors.ts'
import type { LinkStore } from '../../graph/ports.ts'
import type { Decision } from '../../graph/ring.ts'
import { verdictTaken } from '../audit/acts.ts'
import { actId, isSealed } from '../audit/chain.ts'
import { decisionPart } from './freeze.ts'
import {
  type Difference,
  differences,
  partNames,
  type Receipt,
  receiptFaults,
  receiptFormat,
} from './receipt.ts'

export interface CheckedReceipt {
  readonly receipt: Receipt
  readonly differs: readonly Difference[]
  /** The audit's row that names it. */
  readonly row?: { readonly seq: number; readonly hash: string }
}

/** Throws `not_found` for a decision that has none. */
export async function storedReceipt(
  store: Pick<LinkStore, 'receipt' | 'auditRow'>,
  decision: Decision,
): Promise<CheckedReceipt> {
  const body = await store.receipt(decision.id)
  if (body === undefined)
    throw new AppError('not_found', 'This decision has no receipt: it was taken before there were any')
  const receipt = readReceipt(body)
  const row = await rowOf(store, decision)
  const unbound = { pointer: '/hash', why: 'no good row of the audit names it: see audit verify' }
  const said = differences(
    receipt.parts.decision,
    decisionPart(decision),
    'the decision on record says otherwise',
  )
  return {
    receipt,
    differs: [
      ...receiptFaults(receipt, decision.receipt),
      ...said.map(({ pointer, why }) => ({ pointer: `/parts/decision${pointer}`, why })),
      ...(row?.content === receipt.hash ? [] : [unbound]),
    ],
    ...(row && { row: { seq: row.seq, hash: row.hash } }),
  }
}

/** The row of the verdict, which a retraction leaves as it is. */
async function rowOf(store: Pick<LinkStore, 'auditRow'>, decision: Decision) {
  const row = await store.auditRow(actId(verdictTaken(decision)))
  return row && isSealed(row) ? row : undefined
}

const receiptSchema = z.object({
  format: z.literal(receiptFormat),
  parts: z.record(z.enum(partNames), z.unknown()),
  hashes: z.record(z.enum(partNames), z.string()),
  hash: z.string(),
})

/** Also as the API answers it, with what it found beside it. Throws `invalid_input` for what is no receipt. */
export function readReceipt(text: string): Receipt {
  const value = jsonOf(text)
  const inner = typeof value === 'object' && value && 'receipt' in value ? value.receipt : value
  const parsed = receiptSchema.safeParse(inner)
  if (parsed.success) return parsed.data
  throw new AppError(
    'invalid_input',
    `This is no receipt of the form ${receiptFormat}, as receipt export writes it`,
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
