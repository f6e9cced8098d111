import { currentRing } from '../../../views/lineage.ts'
import { readBrief } from '../../../views/reads/brief.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { metaSchema } from '../../schemas.ts'
import { findRing, ringParams, ringQuery } from '../rings.ts'
import { briefSchema } from './brief-schema.ts'
import { ringOptionsOf } from './weighing.ts'

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

  async handle(services, { params, query: { v } }) {
    const ring = await findRing(services, params.ring, v)
    const brief = await readBrief(services.store, ring, await ringOptionsOf(services))
    const current = await currentRing(services.store, ring)
    return { ...brief, ...(current.id !== ring.id && { movedTo: current.id }), meta: metaOf(services) }
  },
})
