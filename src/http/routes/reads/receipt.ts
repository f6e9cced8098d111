/** What a decision was taken on. */
import { z } from 'zod'
import { AppError } from '../../../../graph/errors.ts'
import { decisionsOn } from '../../../decisions.ts'
import { receiptFormat } from '../../../receipts/receipt.ts'
import { storedReceipt } from '../../../receipts/verify.ts'
import { receiptCheckView } from '../../../views/audit.ts'
import { route } from '../../route.ts'
import { findRing, ringParams } from '../rings.ts'

/** Open, because a receipt stays as the version that froze it made it. */
const part = (what: string) => z.looseObject({}).describe(what)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const receiptSchema = z
  .strictObject({
    format: z.literal(receiptFormat),
    parts: z.strictObject({
      decision: part('The verdict: by whom, when, why, on which version'),
      basis: part('The program and the run: statistics, models, policy'),
      ring: part('As `GET /v1/rings/{ring}` told it'),
      members: part('Roles and figures; those of the highest risk first where there are too many'),
      explanation: part('As `GET /v1/rings/{ring}/explain` told it'),
    }),
    hashes: z
      .strictObject({ decision: sha256, basis: sha256, ring: sha256, members: sha256, explanation: sha256 })
      .describe('SHA-256 of each part as canonical JSON (RFC 8785)'),
    hash: sha256.describe('SHA-256 of {format, hashes} as canonical JSON; stands in the audit'),
  })
  .meta({ id: 'Receipt' })

export const getReceipt = route({
  method: 'get',
  path: '/v1/rings/{ring}/decisions/{decision}/receipt',
  summary: 'What a decision was taken on, frozen then; and whether it is still as it was sealed.',
  scope: 'rings:read',
  params: ringParams.extend({ decision: z.string().min(1).max(64) }),
  reply: z.strictObject({
    receipt: receiptSchema,
    check: z.strictObject({
      hash: z.string(),
      isWhole: z.boolean(),
      differs: z.array(
        z.strictObject({ pointer: z.string().describe('JSON pointer into the receipt'), why: z.string() }),
      ),
      row: z
        .strictObject({ seq: z.int(), hash: z.string() })
        .nullable()
        .describe('Of the audit, which names the receipt'),
    }),
  }),
  problems: ['ring_not_found', 'not_found'],

  async handle(services, { params }) {
    const ring = await findRing(services, params.ring, undefined)
    const decision = (await decisionsOn(services.store, ring)).find(({ id }) => id === params.decision)
    if (!decision) throw new AppError('not_found', 'The ring has no such decision: list its decisions')
    const checked = await storedReceipt(services.store, decision)
    return { receipt: checked.receipt, check: receiptCheckView(checked) }
  },
})
