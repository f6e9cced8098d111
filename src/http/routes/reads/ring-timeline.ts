import { z } from 'zod'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { metaSchema } from '../../schemas.ts'
import { ringParams, ringQuery } from '../rings.ts'
import { ringTimelineSchema } from './schemas.ts'

const lanesMax = 200

export const getRingTimeline = route({
  method: 'get',
  path: '/v1/rings/{ring}/timeline',
  summary: 'A ring over time: how much happened each day, and to which account.',
  scope: 'rings:read',
  params: ringParams,
  query: ringQuery.extend({
    from: z.iso.datetime().optional().describe('Tells of what happened then or later'),
    to: z.iso.datetime().optional().describe('Tells of what happened before'),
    lanes: z.coerce.number().int().min(1).max(lanesMax).default(100).describe('The most accounts told of'),
  }),
  reply: ringTimelineSchema.extend({ meta: metaSchema }),
  problems: ['ring_not_found'],

  async handle(services, { params: { ring }, query: { v, from, to, lanes } }) {
    const view = await services.pages.make('timeline', {
      ring,
      v,
      from: from === undefined ? -Infinity : Date.parse(from),
      to: to === undefined ? Infinity : Date.parse(to),
      lanesMax: lanes,
    })
    return { ...view, meta: metaOf(services) }
  },
})
