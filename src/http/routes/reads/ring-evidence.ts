/** What ties a ring, pair by pair and account by account. */
import { z } from 'zod'
import { AppError } from '../../../../graph/errors.ts'
import type { IdentifierKey } from '../../../../graph/model.ts'
import { partsFateView } from '../../../views/foretold.ts'
import { cursorBytesMax, readCursor, writeCursor } from '../../cursor.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { accountId, metaSchema } from '../../schemas.ts'
import { foretellQuery, partsFateSchema } from '../../schemas-foretold.ts'
import { nats } from '../../schemas-link.ts'
import { withoutSchema } from '../../schemas-why.ts'
import type { HttpServices } from '../../services.ts'
import { ringParams, ringQuery } from '../rings.ts'
import { matrixSchema } from './matrix-schema.ts'
import { roledLinkSchema } from './row-schema.ts'
import { count, identifier } from './schemas.ts'

const place = z.strictObject({ value: z.number(), id: z.string() })
const moved = z.string().optional()

/** `kind:ref`, as every answer shows it. */
const identifierName = z.string().min(3).max(140).describe('As kind:ref')

/** Those that tie a ring most are five at the most. */
const togetherMax = 5
const identifierNames = z
  .string()
  .min(3)
  .max(togetherMax * 141)
  .describe('As kind:ref; up to five, with commas between, for all of them at once')

function identifiersIn(names: string): { kind: string; ref: string }[] {
  const keys = [...new Set(names.split(','))].map(identifierIn)
  if (keys.length <= togetherMax) return keys
  throw new AppError(
    'invalid_input',
    `identifier names ${keys.length}: at most ${togetherMax} are taken away at once`,
  )
}

function identifierIn(name: string): { kind: string; ref: string } {
  const [, kind, ref] = /^([A-Za-z][A-Za-z0-9]*):([\w-]+)$/.exec(name) ?? []
  if (kind !== undefined && ref !== undefined) return { kind, ref }
  throw new AppError('invalid_input', 'identifier must be kind:ref, as answers show both')
}

export const getRingLinks = route({
  method: 'get',
  path: '/v1/rings/{ring}/links',
  summary: 'The links inside a ring, most evidence first: all of them, of one account, or by one identifier.',
  scope: 'rings:read',
  params: ringParams,
  query: ringQuery.extend({
    account: accountId.optional(),
    identifier: identifierName.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(cursorBytesMax).optional(),
  }),
  reply: z.strictObject({
    ring: z.string(),
    movedTo: moved,
    version: z.int(),
    items: z.array(roledLinkSchema),
    nextCursor: z.string().nullable(),
    total: count.describe('Links that are asked for, shown or not'),
    restAtMost: nats.describe('Of the strongest link behind this page; 0 where there is none'),
    truncated: z.boolean().describe('A limit was met: there may be more'),
    meta: metaSchema,
  }),
  problems: ['ring_not_found'],

  async handle(services, { params: { ring }, query: { cursor, identifier: name, ...query } }) {
    const { next, ...page } = await services.pages.make('links', {
      ring,
      ...query,
      identifier: name === undefined ? undefined : identifierIn(name),
      after: cursor === undefined ? undefined : readCursor(place, cursor),
    })
    return { ...page, nextCursor: next ? writeCursor(next) : null, meta: metaOf(services) }
  },
})

export const getRingMatrix = route({
  method: 'get',
  path: '/v1/rings/{ring}/matrix',
  summary: 'A ring as a table: its accounts by what they use, both in blocks, hubs beside it.',
  scope: 'rings:read',
  params: ringParams,
  query: ringQuery.extend({
    rows: z.coerce.number().int().min(1).max(500).default(100).describe('The most accounts'),
    columns: z.coerce.number().int().min(1).max(500).default(100).describe('The most identifiers'),
  }),
  reply: matrixSchema.extend({ meta: metaSchema }),
  problems: ['ring_not_found'],

  async handle(services, { params, query }) {
    return { ...(await services.pages.make('matrix', { ...params, ...query })), meta: metaOf(services) }
  },
})

export const getRingWithout = route({
  method: 'get',
  path: '/v1/rings/{ring}/without',
  summary: 'What would become of a ring had nobody ever used some of the identifiers that tie it.',
  scope: 'rings:read',
  params: ringParams,
  query: ringQuery.extend({ identifier: identifierNames, foretell: foretellQuery }),
  reply: z.strictObject({
    ring: z.string(),
    movedTo: moved,
    version: z.int(),
    ...identifier,
    together: z
      .array(z.strictObject(identifier))
      .describe('All that are taken away; the first is named above as well'),
    without: withoutSchema
      .nullable()
      .describe('Null where links alone do not make the ring: nothing is foretold'),
    foretold: partsFateSchema
      .nullable()
      .optional()
      .describe('How what is left would be judged; of the ring as it is published now alone'),
    meta: metaSchema,
  }),
  problems: ['ring_not_found', 'not_found'],

  async handle(services, { params: { ring }, query: { v, identifier: names, foretell } }) {
    const keys = identifiersIn(names)
    const page = await services.pages.make('without', { ring, v, keys })
    const foretold = foretell === 'true' && { foretold: await foretoldWithout(services, page, keys) }
    return { ...page, ...foretold, meta: metaOf(services) }
  },
})

/** Nobody ever used what strangers share by design. */
async function foretoldWithout(
  { store, foretell }: HttpServices,
  { ring, version }: { readonly ring: string; readonly version: number },
  keys: readonly IdentifierKey[],
) {
  const today = await store.ring(ring)
  if (today?.status !== 'active' || today.version !== version) return null
  const found = await foretell({
    about: today.members.map(({ account }) => account),
    ifs: [[{ kind: 'shared_by_design', subjects: keys.map(({ kind, ref }) => `${kind}:${ref}`) }]],
  })
  return found ? partsFateView(found) : null
}
