/** Rings by what an investigator is after. */
import { z } from 'zod'
import { ringClasses, ringStatuses, verdicts } from '../../../../graph/ring.ts'
import { ownerLettersMax } from '../../../owners.ts'
import { type RingSort, ringSorts } from '../../../views/reads/ring-list.ts'
import { cursorBytesMax, readCursor, writeCursor } from '../../cursor.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { metaSchema, ringSchema } from '../../schemas.ts'
import { growthSchema } from './schemas.ts'

const pageMax = 200
/** By who looks after a ring. */
export const ownerQuery = {
  owner: z.string().min(1).max(ownerLettersMax).optional().describe('Who looks after it'),
  owned: z.enum(['true', 'false']).optional().describe('Whether anybody looks after it'),
}

export const ownedBy = ({ owner, owned }: { owner?: string | undefined; owned?: string | undefined }) => ({
  owner,
  isOwned: owned === undefined ? undefined : owned === 'true',
})

export const listRings = route({
  method: 'get',
  path: '/v1/rings',
  summary: 'Rings, riskiest first, or by what a look is worth, by growth or by birth.',
  scope: 'rings:read',
  query: z.strictObject({
    class: z.enum(ringClasses).optional(),
    status: z.enum(ringStatuses).optional(),
    minRisk: z.coerce.number().min(0).max(1).optional(),
    minSize: z.coerce.number().int().min(1).optional(),
    changedSince: z.coerce.number().int().min(0).optional().describe('Publish number'),
    verdict: z
      .enum([...verdicts, 'none'])
      .optional()
      .describe('What people decided; `none` also where what they decided no longer holds'),
    ...ownerQuery,
    sort: z
      .enum(ringSorts)
      .default('risk')
      .describe('`priority`: harm a look is expected to prevent a minute; `new`: newest birth first'),
    growthDays: z.coerce
      .number()
      .int()
      .min(1)
      .max(90)
      .optional()
      .describe('Adds how each ring grew in so many days'),
    limit: z.coerce.number().int().min(1).max(pageMax).default(50),
    cursor: z.string().max(cursorBytesMax).optional(),
  }),
  reply: z.strictObject({
    items: z.array(ringSchema.extend({ growth: growthSchema.optional() })),
    nextCursor: z.string().nullable(),
    meta: metaSchema,
  }),

  async handle(services, { query: { cursor, owner, owned, ...others } }) {
    const { sort } = others
    const after = cursor === undefined ? undefined : readCursor(cursorOf(sort), cursor)
    const asked = { ...others, ...ownedBy({ owner, owned }), after }
    const { items, next } = await services.pages.make('rings', asked)
    return { items, nextCursor: next ? writeCursor({ sort, ...next }) : null, meta: metaOf(services) }
  },
})

const cursorOf = (sort: RingSort) =>
  z.strictObject({ sort: z.literal(sort), value: z.number(), id: z.string() })
