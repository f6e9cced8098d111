/** Shapes of what ties an account to its ring, and of a ring as a table. */
import { z } from 'zod'
import { labelValues } from '../../../../graph/model.ts'
import { roles } from '../../../../graph/ring.ts'
import { linkSchema, nats } from '../../schemas-link.ts'
import { columnSchema, count, hubSchema, probability, time, useSchema } from './schemas.ts'

export const memberTieShape = {
  tie: nats.describe('Evidence of its links to accounts that carry risk, together'),
  linked: count.describe('Accounts of the ring it is linked to'),
  since: time.nullable().describe('When it first used what links it to another account here'),
  createdAt: time.nullable(),
  label: z.enum(labelValues).nullable().describe('The newest that anybody gave it'),
  heldBy: linkSchema
    .extend({ account: z.string().describe('The other one') })
    .nullable()
    .describe('Its strongest link to another account here'),
}

const block = z.string().describe('A, B, ...: accounts tied to each other more than to the rest')

export const matrixSchema = z
  .strictObject({
    ring: z.string(),
    movedTo: z.string().optional(),
    version: z.int(),
    rows: z
      .array(
        z.strictObject({
          account: z.string(),
          role: z.enum(roles),
          risk: probability,
          compromise: probability,
          flagged: z.boolean(),
          block: block.nullable(),
          ...memberTieShape,
        }),
      )
      .describe('By block; victims and bystanders last, who are in none'),
    columns: z.array(
      columnSchema.extend({
        blocks: z.array(block).describe('Whose accounts use it, the one that most do first'),
        sentence: z.string(),
      }),
    ),
    cells: z.array(
      useSchema.extend({
        days: count,
        isRecent: z.boolean().describe('Used within the last 7 days of the data'),
      }),
    ),
    hubs: z.array(hubSchema.extend({ users: z.array(z.string()).describe('Of the rows, who uses it') })),
    blocks: z.array(
      z.strictObject({ name: block, accounts: count, identifiers: count, sentence: z.string() }),
    ),
    between: z
      .array(z.strictObject({ a: block, b: block, evidence: nats }))
      .describe('All links of two blocks'),
    omitted: z.strictObject({ rows: count, columns: count }),
    truncated: z.boolean(),
  })
  .meta({ id: 'RingMatrix' })
