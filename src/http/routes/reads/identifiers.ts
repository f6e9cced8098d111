/** An identifier and who uses it; and whatever one has, found. */
import { z } from 'zod'
import { AppError } from '../../../../graph/errors.ts'
import { looksLikeCardNumber } from '../../../../graph/identifiers/card-number.ts'
import { seeIdentifiers } from '../../../../graph/identifiers/pseudonymise.ts'
import type { IdentifierKey } from '../../../../graph/model.ts'
import { roles } from '../../../../graph/ring.ts'
import { crowdings } from '../../../views/reads/account.ts'
import { riskView } from '../../../views/risk.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { metaSchema, ringSchema, riskSchema } from '../../schemas.ts'
import { nats } from '../../schemas-link.ts'
import type { HttpServices } from '../../services.ts'
import { riskNow } from '../get-risk.ts'
import { count, identifier, probability, time } from './schemas.ts'

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
  risk: probability,
  compromise: probability,
  ring: z.string().nullable(),
  role: z.enum(roles).nullable(),
})

export const getIdentifier = route({
  method: 'get',
  path: '/v1/identifiers/{kind}/{ref}',
  summary: 'An identifier: how many use it, what it says of two of them, and who they are, first come first.',
  scope: 'rings:read',
  params: z.strictObject({
    kind: z.string().min(1).max(64),
    ref: z.string().min(1).max(64).describe('As explanations and accounts show it'),
  }),
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(usersMax).default(200) }),
  reply: briefSchema.extend({
    firstSeen: time.nullable(),
    lastSeen: time.nullable(),
    users: z.array(userSchema),
    truncated: z.boolean().describe('There are more users than are listed'),
    meta: metaSchema,
  }),
  problems: ['not_found'],

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

export const postSearch = route({
  method: 'post',
  path: '/v1/search',
  summary:
    'Whatever one has, found: an account, a ring, or a value of an identifier, which is not stored. What no event named is answered by the base rate.',
  scope: 'rings:read',
  body: z.strictObject({ text: z.string().trim().min(1).max(textLettersMax) }).meta({ id: 'Search' }),
  reply: z.strictObject({
    account: riskSchema.describe('Of the account of that id; not known where nothing named it'),
    ring: ringSchema.nullable().describe('Of that id; of an absorbed one the ring that it became'),
    identifiers: z.array(briefSchema).describe('Known ones of which it may be the value, most used last'),
    meta: metaSchema,
  }),
  problems: ['card_number'],

  async handle(services, { body: { text } }) {
    if (looksLikeCardNumber(text))
      throw new AppError('card_number', 'The text looks like a card number: search for its token instead')
    const account = text.normalize('NFC')
    const found = await services.pages.make('found', { ring: text, keys: keysOf(services, text) })
    return { account: riskNow(services, account), ...found, meta: metaOf(services) }
  },
})

/** What it would be stored as, of every kind that takes it; or what it names, as `kind:ref`. */
function keysOf({ border }: Pick<HttpServices, 'border'>, text: string): readonly IdentifierKey[] {
  const named = /^([A-Za-z][A-Za-z0-9]*):([\w-]{22})$/.exec(text)
  const [, kindName = '', ref = ''] = named ?? []
  const options = { ...border, pseudonym: border.secrets.pseudonym }
  const values = border.registry.accepted().flatMap((kind) => {
    const sight = seeIdentifiers(kind, [text], options)
    return 'seen' in sight ? sight.seen.filter((one) => one.kind === kind) : []
  })
  return [
    ...(named ? [{ kind: kindName, ref }] : []),
    ...values.map(({ kind, ref: own }) => ({ kind, ref: own })),
  ]
}
