import { z } from 'zod'
import { ringTimeline } from '../../../../graph/explain/picture/ring-timeline.ts'
import { ringTimelineView } from '../../../views/reads/ring-timeline.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { metaSchema } from '../../schemas.ts'
import { findRing, ringParams, ringQuery } from '../rings.ts'
import { ringTimelineSchema } from './schemas.ts'
import { ringOptionsOf } from './weighing.ts'

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

  async handle(services, { params, query: { v, from, to, lanes } }) {
    const ring = await findRing(services, params.ring, v)
    const found = await ringTimeline(services.store, ring, {
      ...(await ringOptionsOf(services)),
      from: from === undefined ? -Infinity : Date.parse(from),
      to: to === undefined ? Infinity : Date.parse(to),
      lanesMax: lanes,
    })
    return { ...ringTimelineView(found), meta: metaOf(services) }
  },
})
