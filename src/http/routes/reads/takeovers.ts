/** Accounts that somebody else got into. */
import { z } from 'zod'
import { cursorBytesMax, readCursor, writeCursor } from '../../cursor.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { metaSchema, ringSchema } from '../../schemas.ts'
import { takeoverSchema } from '../../schemas-why.ts'

/** Each is read with all that is around it. */
const pageMax = 20

const place = z.strictObject({ value: z.number(), id: z.string() })

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
    items: z.array(
      ringSchema.extend({
        takeover: takeoverSchema
          .optional()
          .describe(
            'Absent where nobody in the ring is a victim any more, or the ring is too large to be read whole',
          ),
        truncated: z.boolean().describe('Whether limits were met: then a part is told'),
      }),
    ),
    nextCursor: z.string().nullable(),
    meta: metaSchema,
  }),

  async handle(services, { query: { limit, cursor } }) {
    const after = cursor === undefined ? undefined : readCursor(place, cursor)
    const { items, next } = await services.pages.make('takeovers', { limit, after })
    return { items, nextCursor: next ? writeCursor(next) : null, meta: metaOf(services) }
  },
})
