import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { metaSchema } from '../../schemas.ts'
import { ringParams, ringQuery } from '../rings.ts'
import { briefSchema } from './brief-schema.ts'

export const getRingBrief = route({
  method: 'get',
  path: '/v1/rings/{ring}/brief',
  summary:
    'A ring in six questions: what, how sure, what ties it, who is at risk, what to do, what would change that.',
  scope: 'rings:read',
  params: ringParams,
  query: ringQuery,
  reply: briefSchema.extend({ meta: metaSchema }),
  problems: ['ring_not_found'],

  async handle(services, { params: { ring }, query: { v } }) {
    return { ...(await services.pages.make('brief', { ring, v })), meta: metaOf(services) }
  },
})
