/** Shapes that several routes answer with. */
import { z } from 'zod'
import { errorCodes } from '../../graph/errors.ts'
import { benignSubtypes, ringClasses, ringStatuses, roles } from '../../graph/ring.ts'
import { familySchema, linkSchema, nats } from './schemas-link.ts'
import { ownerSchema, standingSchema } from './schemas-said.ts'

const probability = z.number().min(0).max(1)
const time = z.iso.datetime()

export const accountId = z
  .string()
  .min(1)
  .max(256)
  .refine((id) => id.isWellFormed(), { error: 'must not hold half a surrogate pair' })
  .overwrite((id) => id.normalize('NFC'))
  .describe('The customer’s own id of the account')

export const metaSchema = z
  .strictObject({
    asOf: time.nullable().describe('End of the day of the newest event that detection saw'),
    lagMs: z.int().nullable().describe('Milliseconds since what is answered was published'),
    run: z.int().describe('Number of the publish; 0 before the first'),
    policy: z.string().nullable().describe('Name and digest of the evidence policy'),
    calibration: z
      .enum(['shipped', 'local'])
      .nullable()
      .describe('Who confirmed the models that judge: worlds they were taught by, or your own labels'),
    degraded: z.boolean().describe('Answered from less than the whole'),
  })
  .meta({ id: 'Meta' })

export const reasonSchema = z.strictObject({ code: z.string(), text: z.string() }).meta({ id: 'Reason' })

export const riskSchema = z
  .strictObject({
    account: z.string(),
    known: z.boolean(),
    risk: probability.describe('That the account’s owner takes part in fraud'),
    compromise: probability.describe('That somebody else controls the account'),
    band: z.enum(['low', 'review', 'high']),
    flagged: z.boolean().describe('Whether today’s policy would act on the account'),
    class: z.enum(ringClasses).nullable(),
    ring: z
      .strictObject({
        id: z.string(),
        class: z.enum(ringClasses),
        subtype: z.enum(benignSubtypes).optional().describe('What a benign one most likely is'),
        size: z.int(),
        role: z.enum(roles),
        membership: probability,
      })
      .nullable(),
    reasons: z.array(reasonSchema).max(3),
    provisional: z
      .boolean()
      .describe('Of no run yet: what happened since the last one links the account to this ring'),
    evidence: z
      .array(z.strictObject({ account: z.string(), probability, evidence: nats, sentence: z.string() }))
      .max(3)
      .optional()
      .describe('Of a provisional answer: links to members of the ring, most evidence first'),
  })
  .meta({ id: 'AccountRisk' })

export const evidenceSchema = z
  .strictObject({
    kind: z.string(),
    ref: z.string(),
    mask: z.string(),
    members: z.int(),
    accounts: z.int(),
    share: probability.describe('Of the evidence inside the ring'),
    family: familySchema,
    evidence: nats.describe('What it says of two of its users; 0 of a hub'),
  })
  .meta({ id: 'RingEvidence' })

const count = z.int().min(0)

export const ringSchema = z
  .strictObject({
    ring: z.string(),
    status: z.enum(ringStatuses).optional(),
    movedTo: z.string().optional(),
    class: z.enum(ringClasses),
    headline: z.string().describe('What it is, in one line: the same wherever it is named'),
    lead: z.string().describe('With how many of its accounts carry risk'),
    subtype: z
      .enum(benignSubtypes)
      .optional()
      .describe('What the people of a benign_shared group likely are to each other, where that is clear'),
    risk: probability.describe(
      'Of its three surest accounts, by the higher of both figures; of an uncertain one not that it is a fraud ring',
    ),
    size: z.int(),
    core: z.int().describe('Accounts that carry the ring’s risk'),
    roles: z.strictObject({
      victim: count,
      receiver: count,
      core: count,
      bridge: count,
      associate: count,
      bystander: count,
    }),
    version: z.int().describe('The publish that changed it last'),
    bornVersion: z.int().describe('The publish it was born in'),
    firstSeen: time,
    lastSeen: time,
    topEvidence: z.array(evidenceSchema),
    verdict: standingSchema.optional(),
    owner: ownerSchema.nullable().describe('Who looks after it today; null: nobody'),
  })
  .meta({ id: 'Ring' })

export const memberSchema = z
  .strictObject({
    account: z.string(),
    ring: z.string(),
    class: z.enum(ringClasses),
    role: z.enum(roles),
    membership: probability,
    risk: probability,
    compromise: probability,
    flagged: z.boolean(),
    reasons: z.array(reasonSchema),
  })
  .meta({ id: 'Member' })

export const matchedAccountSchema = z
  .strictObject({
    account: z.string(),
    probability: probability.describe('That one actor is behind both'),
    evidence: z.number(),
    sentence: z.string(),
    shared: linkSchema.shape.shared,
    risk: probability.nullable().describe('Of the account; null where it was not known at the last publish'),
    compromise: probability.nullable(),
    ring: z.string().nullable(),
    role: z.enum(roles).nullable(),
  })
  .meta({ id: 'MatchedAccount' })

export const matchedRingSchema = z
  .strictObject({
    ring: z.string(),
    class: z.enum(ringClasses),
    size: z.int(),
    risk: probability,
    probability: probability.describe('That the newcomer belongs to it'),
    linked: z.int().describe('Members it is linked to'),
  })
  .meta({ id: 'MatchedRing' })

export const explanationSchema = z
  .strictObject({
    a: z.string(),
    b: z.string(),
    linked: z.boolean(),
    probability,
    sentence: z.string(),
    path: z.array(linkSchema),
    others: z
      .array(z.strictObject({ probability, path: z.array(linkSchema) }))
      .max(4)
      .describe('The next best paths, most probable first; none goes through an account twice'),
    direct: linkSchema,
    truncated: z.boolean(),
  })
  .meta({ id: 'LinkExplanation' })

export const lineLinksSchema = z
  .strictObject({
    ring: matchedRingSchema
      .extend({
        provisional: z.boolean().describe('Not of the last run: by what the event shares with its members'),
      })
      .nullable(),
    reasons: z
      .array(z.strictObject({ account: z.string(), probability, sentence: z.string() }))
      .max(3)
      .describe('Accounts that one actor is most likely behind as well, and why'),
    tripwires: z.array(
      z.strictObject({
        tripwire: z.string(),
        ring: z.string().nullable(),
        kind: z.string(),
        ref: z.string(),
        mask: z.string(),
      }),
    ),
    truncated: z.boolean(),
  })
  .meta({ id: 'LineLinks' })

export const lineResultSchema = z
  .strictObject({
    line: z.int(),
    status: z.enum(['accepted', 'duplicate', 'conflict', 'rejected']),
    code: z.string().optional(),
    pointer: z.string().optional(),
    detail: z.string().optional(),
    links: lineLinksSchema.optional().describe('With wait=links, of lines that were taken'),
  })
  .meta({ id: 'LineResult' })

export const ingestReplySchema = z
  .strictObject({
    read: z.int(),
    accepted: z.int(),
    duplicate: z.int(),
    conflict: z.int(),
    rejected: z.int(),
    results: z.array(lineResultSchema),
  })
  .meta({ id: 'IngestReply' })

export const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum([...errorCodes, 'internal_error']).describe('Public and permanent: docs/errors.md'),
    detail: z.string(),
    instance: z.string(),
    errors: z
      .array(z.strictObject({ pointer: z.string(), detail: z.string(), line: z.int().optional() }))
      .max(20)
      .optional(),
  })
  .meta({ id: 'Problem' })
