/** Accounts that somebody else got into. */
import { z } from 'zod'
import { cursorBytesMax, readCursor, writeCursor } from '../../cursor.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { metaSchema } from '../../schemas.ts'
import { takeoverSchema } from '../../schemas-takeover.ts'
import { ringParams, ringQuery } from '../rings.ts'
import { ringRowSchema } from './row-schema.ts'

/** Each is read with all that is around it. */
const pageMax = 20

const place = z.strictObject({ value: z.number(), id: z.string() })

const itemSchema = ringRowSchema
  .extend({
    takeover: takeoverSchema
      .optional()
      .describe(
        'Absent where nobody in the ring is a victim any more, or the ring is too large to be read whole',
      ),
    truncated: z.boolean().describe('Whether limits were met: then a part is told'),
  })
  .meta({ id: 'TakeoverRow' })

export const listTakeovers = route({
  method: 'get',
  path: '/v1/takeovers',
  summary: 'Takeovers, riskiest first: what the victims met, what was then changed, and who was paid.',
  scope: 'rings:read',
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(pageMax).default(10),
    cursor: z.string().max(cursorBytesMax).optional(),
  }),
  reply: z.strictObject({
    items: z.array(itemSchema),
    nextCursor: z.string().nullable(),
    meta: metaSchema,
  }),

  async handle(services, { query: { limit, cursor } }) {
    const after = cursor === undefined ? undefined : readCursor(place, cursor)
    const { items, next } = await services.pages.make('takeovers', { limit, after })
    return { items, nextCursor: next ? writeCursor(next) : null, meta: metaOf(services) }
  },
})

export const getTakeover = route({
  method: 'get',
  path: '/v1/takeovers/{ring}',
  summary: 'One takeover: what was met, each victim’s story by the minute, what to take back, who was paid.',
  scope: 'rings:read',
  params: ringParams,
  query: ringQuery,
  reply: itemSchema.extend({ meta: metaSchema }),
  problems: ['ring_not_found'],

  async handle(services, { params, query }) {
    return { ...(await services.pages.make('takeover', { ...params, ...query })), meta: metaOf(services) }
  },
})
