import { z } from 'zod'
import { outcomes } from '../../../../graph/model.ts'
import { benignSubtypes, ringClasses } from '../../../../graph/ring.ts'
import { actions } from '../../../views/reads/brief.ts'
import { ringSchema } from '../../schemas.ts'
import { familySchema, nats } from '../../schemas-link.ts'
import { tieSchema, withoutSchema } from '../../schemas-why.ts'
import { roledLinkSchema } from './row-schema.ts'
import { count, growthSchema, probability, time } from './schemas.ts'

const sentence = z.string()

export const briefSchema = z
  .strictObject({
    ring: z.string(),
    movedTo: z.string().optional(),
    version: z.int(),
    class: z.enum(ringClasses),
    subtype: z.enum(benignSubtypes).optional(),
    what: z.strictObject({
      lead: sentence.describe('As lists show it'),
      sentence,
      size: count,
      roles: ringSchema.shape.roles,
      firstSeen: time,
      lastSeen: time,
      growth: growthSchema,
    }),
    howSure: z.strictObject({
      risk: probability,
      interval: z.strictObject({ low: probability, high: probability }).describe('95 %'),
      decided: z
        .strictObject({ from: probability, to: probability, rings: count, confirmed: count })
        .describe('Rings of such a risk that people decided on'),
      calibration: z.enum(['shipped', 'local']),
      sentence,
    }),
    ties: z.strictObject({
      kinds: z.array(z.strictObject({ kind: z.string(), identifiers: z.int(), share: probability })),
      decisive: z.array(tieSchema.extend({ family: familySchema, perPair: nats, adds: z.int() })).max(5),
      links: z.array(roledLinkSchema).max(5).describe('The strongest between two of its accounts'),
      linked: count.describe('Links there are between two of its accounts'),
      identifiers: count.describe('That tie it and are told of by /explain'),
    }),
    atRisk: z.strictObject({
      carryRisk: count,
      flagged: count,
      victims: count,
      bystanders: count,
      associates: count,
      money: z
        .array(
          z.strictObject({
            what: z.string(),
            outcome: z.enum(outcomes),
            currency: z.string(),
            amount: z.number(),
            count,
          }),
        )
        .describe('The least that accounts which carry risk moved: the newest 32 of each type are kept'),
      moneySentence: sentence,
      sentence,
    }),
    whatToDo: z.strictObject({
      action: z.enum(actions),
      targets: count,
      expectedWrong: z.number().min(0).describe('Targets that are expected to be honest'),
      wrongBetween: z
        .strictObject({ low: count, high: count })
        .describe('The middle 95 % of how many that may be'),
      protect: count.describe('Victims to reset, never to act against'),
      sentence,
    }),
    changeMind: z.strictObject({
      without: withoutSchema.optional(),
      speaksForHonest: z.array(z.string()),
      sentence,
    }),
    rank: z
      .strictObject({ place: z.int(), of: z.int(), perMinute: z.number(), sentence })
      .nullable()
      .describe('In the queue; null for a ring that is not in it'),
    truncated: z.boolean(),
  })
  .meta({ id: 'RingBrief' })
