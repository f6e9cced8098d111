import { z } from 'zod'
import { graphCsv, graphMl } from '../../../views/reads/graph.ts'
import { metaOf } from '../../meta.ts'
import { route } from '../../route.ts'
import { metaSchema } from '../../schemas.ts'
import { ringParams, ringQuery } from '../rings.ts'
import { graphSchema } from './schemas.ts'

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

  async handle(services, { params: { ring }, query: { v, budget, format } }) {
    const { movedTo, ...view } = await services.pages.make('graph', { ring, v, budget })
    if (format === 'csv') return graphCsv(view)
    if (format === 'graphml') return graphMl(view)
    return { ...view, ...(movedTo !== undefined && { movedTo }), meta: metaOf(services) }
  },
})
