/** What investigators look at first. */
import { z } from 'zod'
import { metaOf } from '../meta.ts'
import { route } from '../route.ts'
import { metaSchema, ringSchema } from '../schemas.ts'
import { ownedBy, ownerQuery } from './reads/list-rings.ts'

const entrySchema = ringSchema
  .extend({
    expectedParticipants: z.number().describe('Accounts expected to take part in fraud'),
    expectedTaken: z.number().describe('Accounts expected to be in other hands'),
    minutes: z.int().describe('What a look is reckoned to take an investigator'),
    perMinute: z.number().describe('Both by the minute; entries come by it'),
    why: z.string(),
  })
  .meta({ id: 'QueueEntry' })

export const getQueue = route({
  method: 'get',
  path: '/v1/queue',
  summary: 'Rings that nobody decided on, by the harm a look is expected to prevent a minute.',
  scope: 'rings:read',
  query: z.strictObject({ ...ownerQuery, limit: z.coerce.number().int().min(1).max(200).default(50) }),
  reply: z.strictObject({ items: z.array(entrySchema), total: z.int(), meta: metaSchema }),

  async handle(services, { query: { limit, ...query } }) {
    const page = await services.pages.make('queue', { limit, ...ownedBy(query) })
    return { ...page, meta: metaOf(services) }
  },
})
