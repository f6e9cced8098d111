/** Rings by what an investigator is after. */
import { z } from 'zod'
import { ringStatuses } from '../../../../graph/ring.ts'
import { type RingSort, ringSorts } from '../../../views/reads/ring-list.ts'
import { cursorBytesMax, readCursor, writeCursor } from '../../cursor.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { metaSchema } from '../../schemas.ts'
import { narrowed, narrowing, ringRowSchema, total } from './row-schema.ts'

const pageMax = 200

export const listRings = route({
  method: 'get',
  path: '/v1/rings',
  summary: 'Rings, riskiest first, or by what a look is worth, by growth or by birth.',
  scope: 'rings:read',
  query: z.strictObject({
    status: z.enum(ringStatuses).optional(),
    ...narrowing,
    sort: z
      .enum(ringSorts)
      .default('risk')
      .describe(
        '`priority`: harm a look is expected to prevent a minute; `new`: newest birth first; rings that ended come by risk',
      ),
    limit: z.coerce.number().int().min(1).max(pageMax).default(50),
    cursor: z.string().max(cursorBytesMax).optional(),
  }),
  reply: z.strictObject({
    items: z.array(ringRowSchema),
    nextCursor: z.string().nullable(),
    total,
    meta: metaSchema,
  }),

  async handle(services, { query: { cursor, ...query } }) {
    const { sort } = query
    const after = cursor === undefined ? undefined : readCursor(cursorOf(sort), cursor)
    const { next, ...page } = await services.pages.make('rings', { ...narrowed(query), after })
    return { ...page, nextCursor: next ? writeCursor({ sort, ...next }) : null, meta: metaOf(services) }
  },
})

const cursorOf = (sort: RingSort) =>
  z.strictObject({ sort: z.literal(sort), value: z.number(), id: z.string() })
