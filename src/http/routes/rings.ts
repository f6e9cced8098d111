import { z } from 'zod'
import type { Ring } from '../../../graph/ring.ts'
import { ringOf } from '../../pages/desk.ts'
import { type MemberSort, memberSorts } from '../../views/reads/member-list.ts'
import { cursorBytesMax, readCursor, writeCursor } from '../cursor.ts'
import { metaOf } from '../meta.ts'
import { route } from '../route.ts'
import { memberSchema, metaSchema, reasonSchema } from '../schemas.ts'
import type { HttpServices } from '../services.ts'
import { memberTieShape } from './reads/matrix-schema.ts'
import { ringRowSchema } from './reads/row-schema.ts'

export const ringParams = z.strictObject({
  ring: z.string().min(1).max(64).describe('Id of a ring, absorbed ones too'),
})
export const ringQuery = z.strictObject({
  v: z.coerce.number().int().min(1).optional().describe('As it was at this publish'),
})

export const getRing = route({
  method: 'get',
  path: '/v1/rings/{ring}',
  summary: 'One ring. An absorbed one answers with movedTo: the ring that its id leads to today.',
  scope: 'rings:read',
  params: ringParams,
  query: ringQuery,
  reply: ringRowSchema.extend({ reasons: z.array(reasonSchema), meta: metaSchema }),
  problems: ['ring_not_found'],

  async handle(services, { params, query }) {
    const page = await services.pages.make('summary', { ...params, ...query })
    return { ...page, meta: metaOf(services) }
  },
})

const membersMax = 1_000

export const getMembers = route({
  method: 'get',
  path: '/v1/rings/{ring}/members',
  summary:
    'The accounts of one ring with their roles and both figures, page by page: whoever stays in the ring is listed once, whatever is published meanwhile.',
  scope: 'rings:read',
  params: ringParams,
  query: ringQuery.extend({
    sort: z.enum(memberSorts).default('account').describe('By id, or by the higher of both figures'),
    ties: z
      .enum(['true', 'false'])
      .default('false')
      .describe('Adds what ties each account, which takes reading all that is around the ring'),
    limit: z.coerce.number().int().min(1).max(membersMax).default(200),
    cursor: z.string().max(cursorBytesMax).optional(),
  }),
  reply: z.strictObject({
    ring: z.string(),
    movedTo: z.string().optional().describe('Of an absorbed ring, which has no members'),
    version: z.int(),
    size: z.int().describe('Of the whole ring'),
    items: z.array(memberSchema.extend({ ties: z.strictObject(memberTieShape).optional() })),
    nextCursor: z.string().nullable(),
    meta: metaSchema,
  }),
  problems: ['ring_not_found'],

  async handle(services, { params: { ring }, query: { cursor, ties, ...query } }) {
    const { sort } = query
    const after = cursor === undefined ? undefined : readCursor(cursorOf(sort), cursor)
    const { next, ...page } = await services.pages.make('members', {
      ring,
      ...query,
      after,
      ties: ties === 'true',
    })
    const nextCursor = next ? writeCursor({ sort, ...next }) : null
    return { ...page, nextCursor, meta: metaOf(services) }
  },
})

const cursorOf = (sort: MemberSort) =>
  z.strictObject({ sort: z.literal(sort), value: z.number(), id: z.string() })

/** Throws `ring_not_found`. */
export const findRing = (
  { store }: Pick<HttpServices, 'store'>,
  ring: string,
  version: number | undefined,
): Promise<Ring> => ringOf(store, { ring, v: version })
