/** Shapes of what would be were something said. */
import { z } from 'zod'
import { benignSubtypes, ringClasses, roles } from '../../graph/ring.ts'

const probability = z.number().min(0).max(1)
const count = z.int().min(0)

const ring = {
  id: z.string().nullable().describe('Null of a ring that is not published: it would be new'),
  class: z.enum(ringClasses),
  subtype: z.enum(benignSubtypes).optional(),
  size: count,
}

const standing = z
  .strictObject({
    ring: z.strictObject({ ...ring, role: z.enum(roles), membership: probability }).nullable(),
    risk: probability.describe('Without a ring the base rate'),
    compromise: probability,
    flagged: z.boolean(),
  })
  .meta({ id: 'ForetoldStanding' })

const run = z.int().describe('The publish by whose statistics it was detected and judged')
const others = count.describe('Accounts that are not named, of another ring, role or figure then')

export const saidFateSchema = z
  .strictObject({
    run,
    accounts: z.array(
      z.strictObject({ account: z.string(), before: standing, after: standing, sentence: z.string() }),
    ),
    others,
    sentence: z.string(),
  })
  .meta({ id: 'ForetoldSaying' })

export const partsFateSchema = z
  .strictObject({
    run,
    risk: z.strictObject({
      before: probability,
      after: probability.nullable().describe('Of the riskiest ring that is left; null where none is'),
    }),
    rings: z
      .array(z.strictObject({ ...ring, accounts: count.describe('Of this ring'), risk: probability }))
      .describe('Those that would hold its accounts, most of them first'),
    others,
    sentence: z.string(),
  })
  .meta({ id: 'ForetoldParts' })

/** Whether a question asks for it. */
export const foretellQuery = z
  .enum(['true', 'false'])
  .default('false')
  .describe(
    'Also detect and judge as the next run would; `null` where that cannot be told now: no run was made since the start, one is being made, or more than 5,000 accounts are concerned',
  )
