/** Shapes of what screens are made of. */
import { z } from 'zod'
import { markKinds } from '../../../../graph/explain/picture/lanes.ts'
import { outcomes } from '../../../../graph/model.ts'
import { roles } from '../../../../graph/ring.ts'
import { familySchema, nats } from '../../schemas-link.ts'
import { partsSchema } from '../../schemas-takeover.ts'

export const probability = z.number().min(0).max(1)
export const time = z.iso.datetime()
export const count = z.int().min(0)

export const growthSchema = z
  .strictObject({
    days: z.int(),
    joined: count,
    left: count,
    week: z.int().describe('Accounts that came within the last 7 of them, less those that went'),
    sizeBefore: count.describe('Accounts before those days'),
    sizes: z
      .array(z.strictObject({ version: z.int(), asOf: time, size: z.int() }))
      .max(60)
      .describe('Accounts after each change, oldest first'),
  })
  .meta({ id: 'Growth' })

export const identifier = { kind: z.string(), ref: z.string(), mask: z.string() }

const countsAs = z.string().describe('The kind, or signupIp: sign-ups from one address on one day')

export const columnSchema = z.strictObject({
  ...identifier,
  countsAs,
  family: familySchema,
  members: count.describe('Accounts of the ring that use it'),
  accounts: count.describe('Accounts that use it anywhere'),
  evidence: nats.describe('Over all links it makes in the ring'),
  perPair: nats.describe('What it says of two of its users, on the scale'),
  justifies: z.boolean().describe('One of the fewest that hold every account in the ring'),
})

export const useSchema = z.strictObject({
  account: z.string(),
  kind: z.string(),
  ref: z.string(),
  countsAs,
  evidence: nats.describe('Of the account’s links by this identifier, together'),
  firstSeen: time,
  lastSeen: time,
})

export const hubSchema = z.strictObject({
  ...identifier,
  family: familySchema,
  class: z.string().optional(),
  display: z.string().optional().describe('As the customer shows it to people'),
  members: count,
  accounts: count,
})

export const tie = nats.describe('Evidence of its links to accounts that carry risk, together')

export const graphSchema = z
  .strictObject({
    ring: z.string(),
    movedTo: z.string().optional(),
    version: z.int(),
    accounts: z.array(
      z.strictObject({
        account: z.string(),
        role: z.enum(roles),
        risk: probability,
        compromise: probability,
        flagged: z.boolean(),
        tie,
      }),
    ),
    identifiers: z.array(columnSchema),
    uses: z.array(useSchema),
    hubs: z
      .array(
        hubSchema.extend({
          users: z
            .array(z.strictObject({ account: z.string(), tie, firstSeen: time, lastSeen: time, days: count }))
            .max(200)
            .describe('Of the accounts above, who uses it: most tied first'),
        }),
      )
      .describe('Shared by many here, and counted as nothing: never drawn as a fan'),
    omitted: z.strictObject({ accounts: count, identifiers: count, uses: count, hubs: count }),
    truncated: z.boolean(),
  })
  .meta({ id: 'RingGraph' })

const money = { amount: z.number().optional(), currency: z.string().optional() }

export const burstSchema = z.strictObject({
  what: z.enum(['births', 'arrivals']),
  from: z.iso.date(),
  days: z.int(),
  accounts: z.int(),
  sentence: z.string(),
})

export const ringTimelineSchema = z
  .strictObject({
    ring: z.string(),
    movedTo: z.string().optional(),
    version: z.int(),
    days: z
      .array(
        z.strictObject({
          day: z.iso.date(),
          signup: count,
          first_share: count.describe('First uses of what ties the ring'),
          sensitive_change: count,
          money: count,
          trouble: count.describe('Refused payments, chargebacks, reports'),
        }),
      )
      .max(400),
    bursts: z.array(burstSchema),
    lanes: z
      .array(
        z.strictObject({
          account: z.string(),
          role: z.enum(roles),
          risk: probability,
          compromise: probability,
          marks: z.array(
            z.strictObject({
              at: time,
              what: z.enum(markKinds),
              type: z.string().optional(),
              outcome: z.enum(outcomes).optional(),
              ...money,
              changed: partsSchema
                .nullable()
                .optional()
                .describe('Of a change of credentials; null where nobody said which'),
              identifier: z.strictObject(identifier).optional(),
            }),
          ),
          omitted: count,
        }),
      )
      .describe('Those that carry risk first, as in the graph'),
    omitted: z.strictObject({ days: count, lanes: count, marks: count }),
    truncated: z.boolean(),
  })
  .meta({ id: 'RingTimeline' })
