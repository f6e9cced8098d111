/** Who did what. */
import { z } from 'zod'
import { readHead, verifyAudit } from '../../../audit/chain.ts'
import { auditRowView, verifiedView } from '../../../views/audit.ts'
import { route } from '../../route.ts'

const auditRowSchema = z
  .strictObject({
    seq: z.int(),
    at: z.iso.datetime(),
    by: z.string(),
    action: z.string(),
    subject: z.string(),
    content: z.string().nullable().describe('SHA-256 of what was written'),
    reason: z.string().nullable().describe('Why, as who opened a sealed value said it'),
    previous: z.string().describe('Hash of the row before; empty of the first'),
    hash: z.string(),
  })
  .meta({ id: 'AuditRow' })

export const listAudit = route({
  method: 'get',
  path: '/v1/audit',
  summary: 'What was decided, changed and opened by whom, oldest first; each row is bound to the one before.',
  scope: 'admin',
  query: z.strictObject({
    after: z.coerce.number().int().min(0).default(0).describe('seq of the last row you had'),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
  }),
  reply: z.strictObject({ items: z.array(auditRowSchema) }),
  handle: async ({ store }, { query }) => ({ items: (await store.audit(query)).map(auditRowView) }),
})

export const checkAudit = route({
  method: 'get',
  path: '/v1/audit:verify',
  summary: 'Whether every row is as it was written; names the first that is broken.',
  scope: 'admin',
  query: z.strictObject({
    head: z
      .string()
      .max(80)
      .optional()
      .transform((text, context) => {
        const head = text === undefined ? undefined : readHead(text)
        if (text !== undefined && !head) context.addIssue('It is not a head as this route told it')
        return head
      })
      .describe('A head that you kept: tells whether all was made anew since'),
  }),
  reply: z.strictObject({
    isWhole: z.boolean(),
    rows: z.int().describe('That are good'),
    head: z.string().nullable().describe('Keep it elsewhere: it shows later whether all was made anew'),
    broken: z.strictObject({ seq: z.int(), why: z.string() }).nullable(),
  }),
  handle: async ({ store }, { query: { head } }) => verifiedView(await verifyAudit(store, head)),
})
