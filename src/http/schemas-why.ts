/** Shapes of explanations of rings and their members. */
import { z } from 'zod'
import { memberSchema, reasonSchema } from './schemas.ts'
import { chanceSchema, linkSchema } from './schemas-link.ts'
import { takeoverSchema, victimSchema } from './schemas-takeover.ts'

const probability = z.number().min(0).max(1)
const day = z.iso.date()

const identifier = { kind: z.string(), ref: z.string(), mask: z.string() }

export const tieSchema = z.strictObject({
  ...identifier,
  countsAs: z.string(),
  members: z.int().describe('Accounts of the ring that use it'),
  accounts: z.int().describe('Accounts that use it anywhere'),
  evidence: z.number().min(0).describe('Nats over all links it makes'),
  share: probability.describe('Of the evidence'),
  sentence: z.string(),
})

const certainty = z
  .boolean()
  .describe('Whether a detection would find just this; otherwise the links alone would')

export const withoutSchema = z
  .strictObject({
    outcome: z.enum(['stays', 'loses', 'splits', 'dissolves']),
    parts: z.array(z.int()).describe('Accounts of the ring in each ring that is left of it'),
    lost: z.int().describe('Accounts of the ring that no ring holds any more'),
    lostAccounts: z.array(z.string()).max(50),
    isCertain: certainty,
    sentence: z.string(),
  })
  .meta({ id: 'Counterfactual' })

const madeByLinks = z.boolean().describe('Whether links alone make this ring; what-ifs are told only then')

export const ringExplanationSchema = z
  .strictObject({
    ring: z.string(),
    movedTo: z.string().optional(),
    version: z.int(),
    size: z.int(),
    sentence: z.string(),
    kinds: z.array(z.strictObject({ kind: z.string(), identifiers: z.int(), share: probability })),
    identifiers: z.array(tieSchema),
    decisive: z
      .array(tieSchema.extend({ adds: z.int(), without: withoutSchema.optional() }))
      .max(5)
      .describe('The few that most of its accounts use'),
    covered: z.int().describe('Accounts that use one of those'),
    withoutAll: withoutSchema.optional(),
    isMadeByLinks: madeByLinks,
    timeline: z.strictObject({
      stepDays: z.int(),
      rows: z.array(z.strictObject({ day, births: z.int(), arrivals: z.int() })).max(60),
      bursts: z.array(
        z.strictObject({
          what: z.enum(['births', 'arrivals']),
          from: day,
          days: z.int(),
          accounts: z.int(),
          sentence: z.string(),
        }),
      ),
      truncated: z.boolean(),
    }),
    chance: chanceSchema.optional().describe('Of its strongest identifier'),
    honest: z.strictObject({
      sentence: z.string(),
      signs: z.array(
        reasonSchema.extend({
          speaksFor: z.enum(['honest', 'fraud']),
          others: z.strictObject({ rings: z.int(), of: z.int(), share: probability.optional() }).optional(),
          sentence: z.string(),
        }),
      ),
    }),
    takeover: takeoverSchema.optional(),
    truncated: z.boolean(),
  })
  .meta({ id: 'RingExplanation' })

export const memberExplanationSchema = memberSchema
  .extend({
    sentence: z.string(),
    linked: z.int().describe('Accounts of the ring it is linked to directly'),
    evidence: z.number().describe('Nats over those links'),
    strongest: z
      .array(
        tieSchema.extend({
          without: z
            .strictObject({ stays: z.boolean(), isCertain: certainty, sentence: z.string() })
            .optional(),
        }),
      )
      .max(3),
    pathToCore: z.array(linkSchema).optional(),
    victim: victimSchema.optional(),
    paidBy: z.strictObject({ victims: z.int(), accounts: z.array(z.string()).max(50) }).optional(),
    isMadeByLinks: madeByLinks,
    truncated: z.boolean(),
  })
  .meta({ id: 'MemberExplanation' })
