/** Shapes of evidence between two accounts. */
import { z } from 'zod'
import { strengths } from '../../graph/explain/words.ts'
import { families } from '../../graph/identifiers/kind.ts'
import { assertionKinds } from '../../graph/model.ts'

const probability = z.number().min(0).max(1)
const time = z.iso.datetime()

/** The one scale of all evidence. */
export const nats = z.number().min(0).describe('Nats: p = 1 - exp(-evidence); 6 is the end of the scale')

export const familySchema = z.enum(families)

const seen = z.strictObject({ firstSeen: time, lastSeen: time, days: z.int() })

const saidBy = z.strictObject({
  assertion: z.string(),
  kind: z.enum(assertionKinds),
  author: z.string(),
  reason: z.string(),
  at: time,
})

export const chanceSchema = z
  .strictObject({
    kind: z.string(),
    shared: z.int(),
    expected: z.number().min(0).describe('How many chance would bring'),
    p: probability.describe('The chance of so many or more'),
    sentence: z.string(),
  })
  .meta({ id: 'ChanceTest' })

export const linkSchema = z
  .strictObject({
    a: z.string(),
    b: z.string(),
    evidence: z.number().describe('Nats; the probability is 1 - exp(-evidence)'),
    probability,
    strength: z.enum(strengths).describe('The probability as a word: from 2, 50, 90 and 99 %'),
    sentence: z.string(),
    shared: z.array(
      z.strictObject({
        kind: z.string(),
        ref: z.string(),
        mask: z.string(),
        family: familySchema,
        countsAs: z.string(),
        evidence: z.number(),
        faded: nats.describe('What the time between the two uses took of it'),
        share: probability,
        accounts: z.int(),
        a: seen,
        b: seen,
        gapDays: z.number(),
        daysTogether: z.int().describe('Days on which both used it'),
        publicness: z
          .number()
          .optional()
          .describe('By what its odds are multiplied: below 1 where its users share little else'),
        moments: z
          .array(z.strictObject({ start: time, accounts: z.int() }))
          .optional()
          .describe('Of a target: windows of 15 minutes in which both did it; each counts half'),
        agreeing: z
          .int()
          .optional()
          .describe('Of a band: how many bands of its picture or text agree; fewer than 3 count for nothing'),
        note: z
          .enum(['hub', 'corroborates_only', 'told_already', 'shared_by_design', 'not_the_same'])
          .optional(),
        saidBy: saidBy.optional().describe('Who says that it is shared by design'),
        sentence: z.string(),
      }),
    ),
    sharedOmitted: z.int().min(0).describe('Identifiers they share that say less than those told'),
    said: saidBy.extend({ evidence: nats, share: probability }).optional().describe('Asserted of the two'),
    without: z
      .strictObject({
        kind: z.string(),
        ref: z.string(),
        mask: z.string(),
        countsAs: z.string(),
        evidence: nats,
        probability,
        sentence: z.string(),
      })
      .optional()
      .describe('What would be left without the identifier that says most'),
    chance: z.array(chanceSchema).describe('Whether chance explains it; empty before the first run'),
  })
  .meta({ id: 'Link' })
