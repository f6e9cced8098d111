/** The shape of a ring in a list, and by what lists are narrowed. */
import { z } from 'zod'
import { ringClasses, roles, verdicts } from '../../../../graph/ring.ts'
import { ownerLettersMax } from '../../../owners.ts'
import { stages } from '../../../views/reads/ring-rows.ts'
import { ringSchema } from '../../schemas.ts'
import { linkSchema } from '../../schemas-link.ts'
import { count, growthSchema, probability, time } from './schemas.ts'

const published = z
  .strictObject({ asOf: time.describe('End of the data it saw'), at: time.describe('By the clock') })
  .nullable()
const role = z.enum(roles).nullable()

export const roledLinkSchema = linkSchema.extend({
  roles: z.strictObject({ a: role, b: role }).describe('What each of the two is in the ring'),
})

export const ringRowSchema = ringSchema
  .extend({
    interval: z.strictObject({ low: probability, high: probability }).describe('Of its risk, 95 %'),
    born: published.describe('When it was published first'),
    changed: published.describe('When it was published last'),
    stage: z
      .strictObject({ stage: z.enum(stages), since: time.nullable(), by: z.string().nullable() })
      .describe('Where people are with it; `again`: what they decided no longer holds'),
    growth: growthSchema,
    strongest: roledLinkSchema
      .nullable()
      .describe('The link of most evidence between two of its accounts; null where there is none'),
  })
  .meta({ id: 'RingRow' })

/** By who looks after a ring. */
export const ownerQuery = {
  owner: z.string().min(1).max(ownerLettersMax).optional().describe('Who looks after it'),
  owned: z.enum(['true', 'false']).optional().describe('Whether anybody looks after it'),
}

export const narrowing = {
  class: z.enum(ringClasses).optional(),
  minRisk: z.coerce.number().min(0).max(1).optional(),
  minSize: z.coerce.number().int().min(1).optional(),
  changedSince: z.coerce.number().int().min(0).optional().describe('Publish number'),
  changedWithinDays: z.coerce.number().int().min(1).max(366).optional().describe('Of the data'),
  tiedBy: z.string().min(1).max(64).optional().describe('Kind of an identifier that ties it most'),
  verdict: z
    .enum([...verdicts, 'none'])
    .optional()
    .describe('What people decided; `none` also where what they decided no longer holds'),
  ...ownerQuery,
  growthDays: z.coerce
    .number()
    .int()
    .min(1)
    .max(90)
    .default(30)
    .describe('Tells how each ring grew in so many days'),
}

export const total = count.nullable().describe('Rings that are asked for; null of those that ended')

type Asked = { owned?: 'true' | 'false' | undefined }

/** As pages are asked. */
export const narrowed = <Query extends Asked>({ owned, ...query }: Query) => ({
  ...query,
  isOwned: owned === undefined ? undefined : owned === 'true',
})
