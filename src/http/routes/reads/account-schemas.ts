import { z } from 'zod'
import { labelReasons, labelValues, outcomes, relationNames } from '../../../../graph/model.ts'
import { roles } from '../../../../graph/ring.ts'
import { crowdings } from '../../../views/reads/account.ts'
import { riskSchema } from '../../schemas.ts'
import { linkSchema, nats } from '../../schemas-link.ts'
import { partsSchema } from '../../schemas-takeover.ts'
import { count, identifier, probability, time } from './schemas.ts'

const seen = { firstSeen: time, lastSeen: time }

const label = z.strictObject({
  label: z.enum(labelValues),
  reason: z.enum(labelReasons).optional(),
  source: z.string(),
  at: time,
})

export const accountSchema = z
  .strictObject({
    account: z.string(),
    risk: riskSchema,
    createdAt: time.nullable().describe('Null where neither its creation nor a sign-up is known'),
    firstSeen: time.nullable(),
    lastSeen: time.nullable(),
    activeDays: count,
    activities: z.array(
      z.strictObject({
        type: z.string(),
        count,
        isLeast: z.boolean().describe('32 are kept of a type: there may have been more'),
        days: count,
        ...seen,
      }),
    ),
    labels: z.array(label),
    identifiers: z.array(
      z.strictObject({
        ...identifier,
        display: z.string().optional().describe('As the customer shows it to people'),
        class: z.string().optional(),
        asn: z.int().optional(),
        family: z.string(),
        accounts: count.describe('That use it anywhere'),
        crowding: z.enum(crowdings).describe('A hub is shared by too many to link them'),
        evidence: nats.describe('What it says of two of its users'),
        days: count,
        ...seen,
      }),
    ),
    relations: z.array(
      z.strictObject({ account: z.string(), relation: z.enum(relationNames), type: z.string(), ...seen }),
    ),
    omitted: z.strictObject({ identifiers: count }),
  })
  .meta({ id: 'Account' })

export const accountLinkSchema = linkSchema
  .extend({
    account: z.string().describe('The other one'),
    risk: probability,
    compromise: probability,
    ring: z.string().nullable(),
    role: z.enum(roles).nullable(),
  })
  .meta({ id: 'AccountLink' })

const money = {
  outcome: z.enum(outcomes).optional(),
  amount: z.number().optional(),
  currency: z.string().optional(),
}

export const momentSchema = z
  .strictObject({
    at: time,
    what: z.enum(['happened', 'related', 'met', 'labelled', 'created']),
    type: z.string().optional(),
    relation: z.enum(relationNames).optional(),
    account: z.string().optional().describe('The other one of a relation'),
    ...money,
    changed: partsSchema
      .nullable()
      .optional()
      .describe('Of a change of credentials; null where nobody said which'),
    identifier: z.strictObject({ ...identifier, accounts: count }).optional(),
    label: label.optional(),
  })
  .meta({ id: 'Moment' })
