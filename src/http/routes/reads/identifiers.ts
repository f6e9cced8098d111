/** An identifier and who uses it; and whatever one has, found. */
import { z } from 'zod'
import { roles } from '../../../../graph/ring.ts'
import { reasonLettersMax } from '../../../reasons.ts'
import { reveal } from '../../../reveal.ts'
import { soughtKeys } from '../../../sources/sought.ts'
import { crowdings } from '../../../views/reads/account.ts'
import { riskView } from '../../../views/risk.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { metaSchema, ringSchema, riskSchema } from '../../schemas.ts'
import { nats } from '../../schemas-link.ts'
import { facetSchema } from '../../schemas-said.ts'
import { riskNow } from '../get-risk.ts'
import { ringParams } from '../rings.ts'
import { count, identifier, probability, tie, time } from './schemas.ts'

const usersMax = 1_000
const textLettersMax = 1_024

const briefSchema = z
  .strictObject({
    ...identifier,
    display: z.string().optional().describe('As the customer shows it to people'),
    class: z.string().optional(),
    asn: z.int().optional(),
    family: z.string(),
    accounts: count.describe('That use it'),
    crowding: z.enum(crowdings).describe('A hub is shared by too many to link them'),
    evidence: nats.describe('What it says of two of its users'),
    sharedByDesign: z.boolean().describe('People said that strangers share it'),
  })
  .meta({ id: 'Identifier' })

const userSchema = z.strictObject({
  account: z.string(),
  firstSeen: time,
  lastSeen: time,
  days: count,
  tie: tie.optional().describe('To the ring that was named: evidence of links to members that carry risk'),
  risk: probability,
  compromise: probability,
  ring: z.string().nullable(),
  role: z.enum(roles).nullable(),
})

const identifierParams = z.strictObject({
  kind: z.string().min(1).max(64),
  ref: z.string().min(1).max(64).describe('As explanations and accounts show it'),
})

export const getIdentifier = route({
  method: 'get',
  path: '/v1/identifiers/{kind}/{ref}',
  summary: 'An identifier: how many use it, what it says of two of them, and who they are, first come first.',
  scope: 'rings:read',
  params: identifierParams,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(usersMax).default(200),
    ring: ringParams.shape.ring
      .optional()
      .describe('Only users who are members of this ring, most tied to it first'),
  }),
  reply: briefSchema.extend({
    facets: z
      .array(facetSchema)
      .describe('What follows from its value, as far as its accounts tell; each is an identifier of its own'),
    firstSeen: time.nullable(),
    lastSeen: time.nullable(),
    strangers: z
      .strictObject({ share: probability, sentence: z.string() })
      .nullable()
      .describe('Pairs of accounts that share any of its kind; null before the first run'),
    inRing: z
      .strictObject({ ring: z.string(), version: z.int(), members: count.describe('That use it') })
      .optional()
      .describe('Where a ring was named'),
    users: z.array(userSchema),
    truncated: z.boolean().describe('There are more users than are listed'),
    meta: metaSchema,
  }),
  problems: ['not_found', 'ring_not_found'],

  async handle(services, { params, query }) {
    const { users, ...page } = await services.pages.make('identifier', { ...params, ...query })
    const snapshot = services.snapshots.current()
    const standing = users.map((user) => {
      const { risk, compromise, ring } = riskView(snapshot, user.account)
      return { ...user, risk, compromise, ring: ring?.id ?? null, role: ring?.role ?? null }
    })
    return { ...page, users: standing, meta: metaOf(services) }
  },
})

export const revealIdentifier = route({
  method: 'post',
  path: '/v1/identifiers/{kind}/{ref}/reveal',
  summary:
    'The value of an identifier in clear, where its kind is one that is kept encrypted. Who opened it and why is written to the audit first.',
  scope: 'pii:reveal',
  repeatable: true,
  secret: true,
  params: identifierParams,
  body: z
    .strictObject({ reason: z.string().min(1).max(reasonLettersMax).describe('Why; it stays in the audit') })
    .meta({ id: 'Reveal' }),
  reply: z.strictObject({
    kind: z.string(),
    ref: z.string(),
    value: z.string().describe('As it is linked by: normalised by its kind'),
    opening: z.string().describe('Names this opening in the audit'),
    by: z.string(),
    at: time,
  }),
  problems: ['not_found', 'value_not_sealed', 'card_number', 'key_mismatch'],

  handle: async ({ store, openValue, clock }, { params, body: { reason }, caller }) =>
    reveal({ store, openValue }, params, { by: caller, at: clock(), reason }),
})

export const postSearch = route({
  method: 'post',
  path: '/v1/search',
  summary:
    'Whatever one has, found: an account, a ring, or a value of an identifier, which is not stored. What no event named is answered by the base rate.',
  scope: 'rings:read',
  repeatable: true,
  body: z.strictObject({ text: z.string().trim().min(1).max(textLettersMax) }).meta({ id: 'Search' }),
  reply: z.strictObject({
    account: riskSchema.describe('Of the account of that id; not known where nothing named it'),
    ring: ringSchema.nullable().describe('Of that id; of an absorbed one the ring that it became'),
    identifiers: z.array(briefSchema).describe('Known ones of which it may be the value, most used last'),
    meta: metaSchema,
  }),
  problems: ['card_number'],

  async handle(services, { body: { text } }) {
    const found = await services.pages.make('found', { ring: text, keys: soughtKeys(services.border, text) })
    return { account: riskNow(services, text.normalize('NFC')), ...found, meta: metaOf(services) }
  },
})
