import { z } from 'zod'
import { ringGraph } from '../../../../graph/explain/picture/ring-graph.ts'
import { currentRing } from '../../../views/lineage.ts'
import { graphCsv, graphMl, graphView } from '../../../views/reads/graph.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { metaSchema } from '../../schemas.ts'
import { findRing, ringParams, ringQuery } from '../rings.ts'
import { graphSchema } from './schemas.ts'
import { ringOptionsOf } from './weighing.ts'

const budgetMax = 2_000

export const getRingGraph = route({
  method: 'get',
  path: '/v1/rings/{ring}/graph',
  summary: 'A ring to draw: its accounts, the identifiers that tie them, and who uses which.',
  scope: 'rings:read',
  params: ringParams,
  query: ringQuery.extend({
    budget: z.coerce
      .number()
      .int()
      .min(2)
      .max(budgetMax)
      .default(300)
      .describe('The most accounts and identifiers together; those that matter most come first'),
    format: z.enum(['json', 'graphml', 'csv']).default('json'),
  }),
  reply: graphSchema.extend({ meta: metaSchema }),
  formats: { graphml: 'application/graphml+xml; charset=utf-8', csv: 'text/csv; charset=utf-8' },
  problems: ['ring_not_found'],

  async handle(services, { params, query: { v, budget, format } }) {
    const ring = await findRing(services, params.ring, v)
    const found = await ringGraph(services.store, ring, { ...(await ringOptionsOf(services)), budget })
    const view = graphView(found)
    if (format === 'csv') return graphCsv(view)
    if (format === 'graphml') return graphMl(view)
    const current = await currentRing(services.store, ring)
    return { ...view, ...(current.id !== ring.id && { movedTo: current.id }), meta: metaOf(services) }
  },
})
